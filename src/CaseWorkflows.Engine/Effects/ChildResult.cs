using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Effects;

/// <summary>What a waiting parent's bookmark is resumed with.</summary>
public sealed record ChildResult(
    Guid ChildInstanceId, WorkflowStatus Status, WorkflowSubStatus SubStatus, IReadOnlyDictionary<string, object?> Output);
