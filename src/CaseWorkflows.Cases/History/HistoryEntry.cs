using CaseWorkflows.Cases.Actors;

namespace CaseWorkflows.Cases.History;

/// <summary>One entry of the audit history, as it goes in. Texts must hold no patient data, except <see cref="Reason"/>, which is stored apart.</summary>
public sealed record HistoryEntry
{
    public required string Event { get; init; }

    public required Actor Actor { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Region { get; init; }

    public string? Unit { get; init; }

    public Guid? CaseId { get; init; }

    public Guid? TaskId { get; init; }

    /// <summary>Role that granted the right, and where.</summary>
    public string? Role { get; init; }

    public string? RoleUnit { get; init; }

    /// <summary>own or cover.</summary>
    public string? Capacity { get; init; }

    public string? Task { get; init; }

    public string? Activity { get; init; }

    /// <summary>Event, values or task title are a routine's own words, worked out from the case: shown to those who see its text.</summary>
    public bool Computed { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Reason { get; init; }

    /// <summary>UI, API, timer or system.</summary>
    public string Source { get; init; } = HistorySource.Api;

    public bool Refused { get; init; }

    public string? Rule { get; init; }

    public bool Trial { get; init; }

    /// <summary>Extra facts without patient data.</summary>
    public Guid? MessageId { get; init; }
}
