namespace CaseWorkflows.Engine.Effects;

/// <summary>A RunTask step asks some other system to do something and to resume the bookmark with the answer.</summary>
public sealed record TaskRequested(string BookmarkId, string TaskId, string TaskName, object? Payload) : Effect;
