using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.State;

/// <summary>One execution of a step, as stored.</summary>
public sealed record ActivityState(
    string Id,
    string? ParentId,
    string NodeId,
    ActivityStatus Status,
    DateTimeOffset StartedAt,
    IReadOnlyDictionary<string, object?> Variables,
    IReadOnlyDictionary<string, object?> Data,
    string? Tag)
{
    public int FaultCount { get; init; }

    internal long Number { get; init; }

    internal long? ParentNumber { get; init; }

    internal int Counter { get; init; }

    internal bool Breaking { get; init; }

    internal string[]? PendingOutcomes { get; init; }

    internal FlowState? Flow { get; init; }
}
