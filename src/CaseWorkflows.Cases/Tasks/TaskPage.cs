namespace CaseWorkflows.Cases.Tasks;

/// <summary>One page of a task list. Counts are open tasks by view, whatever is filtered. Moved: tasks that now stand before this page and have been on none.</summary>
public sealed record TaskPage(IReadOnlyList<TaskItem> Items, string? Next, IReadOnlyDictionary<string, int> Counts, int Moved);
