using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Cases.Effects;

/// <summary>An entry in the audit history of the burst's case, or of a unit. No patient text: reasons are stored apart.</summary>
public sealed record HistoryAdded : Effect
{
    /// <summary>Swedish, e.g. "Svarstid överskriden".</summary>
    public required string Event { get; init; }

    /// <summary>Event or value are worked out by an expression, so they may quote the case: as protected as the case.</summary>
    public bool Computed { get; init; }

    /// <summary>The change of the case that this tells of, under the name the history gives that change by itself: then it is told once, in these words.</summary>
    public string? Tells { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Reason { get; init; }

    public string? Task { get; init; }

    public string? Activity { get; init; }

    public string? Rule { get; init; }

    /// <summary>Stream when the burst has no case.</summary>
    public string? UnitId { get; init; }
}
