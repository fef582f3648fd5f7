namespace CaseWorkflows.Runtime;

/// <summary>A page of a list and how long the whole list is.</summary>
public sealed record InstancePage(IReadOnlyList<InstanceSummary> Items, long TotalCount);
