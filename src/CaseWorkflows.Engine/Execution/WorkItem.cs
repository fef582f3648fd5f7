using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Execution;

/// <summary>A step waiting for its turn in the burst.</summary>
internal readonly record struct WorkItem(GraphNode Node, ActivityExecutionContext? Owner, string? Tag, IReadOnlyDictionary<string, object?>? Variables);
