namespace CaseWorkflows.Cases.Tasks;

/// <summary>A colleague's remark on a task. Person is a user name.</summary>
public sealed record TaskComment(string Person, DateTimeOffset At, string Text);
