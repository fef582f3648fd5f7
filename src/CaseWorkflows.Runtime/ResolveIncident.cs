namespace CaseWorkflows.Runtime;

/// <summary>What an operator does about an incident.</summary>
public sealed record ResolveIncident
{
    /// <summary>The incident's row id.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>Person id or user name, for the record.</summary>
    public required string By { get; init; }

    public required string Reason { get; init; }

    /// <summary>When skipping: the outcome the step gets; null is Done.</summary>
    public string? Outcome { get; init; }

    /// <summary>When a parked start is tried again: the routine to start instead of the one that it names; null leaves it.</summary>
    public string? DefinitionId { get; init; }

    public IReadOnlyList<object> Ambient { get; init; } = [];

    public IReadOnlyList<IBurstParticipant> Participants { get; init; } = [];
}
