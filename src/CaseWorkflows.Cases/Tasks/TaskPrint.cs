namespace CaseWorkflows.Cases.Tasks;

/// <summary>What a task's paper copy says.</summary>
public sealed record TaskPrint(Guid Id, string Title, string Text, DateTimeOffset PrintedAt, string PrintedBy);
