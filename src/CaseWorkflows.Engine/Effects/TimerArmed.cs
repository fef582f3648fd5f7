namespace CaseWorkflows.Engine.Effects;

/// <summary>Resume the bookmark when business time reaches <c>Due</c>.</summary>
public sealed record TimerArmed(string BookmarkId, DateTimeOffset Due) : Effect;
