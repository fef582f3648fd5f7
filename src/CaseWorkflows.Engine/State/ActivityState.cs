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
    IReadOnlyDictionary<string, object?> Inputs,
    string? Tag);
