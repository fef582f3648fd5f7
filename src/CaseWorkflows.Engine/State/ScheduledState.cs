namespace CaseWorkflows.Engine.State;

/// <summary>A step that was scheduled when a failure stopped the workflow; it runs if the failure is mended.</summary>
internal sealed record ScheduledState(string NodeId, long Owner, string? Tag, IReadOnlyDictionary<string, object?>? Variables);
