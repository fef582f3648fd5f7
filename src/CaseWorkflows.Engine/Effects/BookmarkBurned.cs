using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Effects;

/// <summary>A bookmark is gone, and with it its timers, tasks and waiting jobs.</summary>
public sealed record BookmarkBurned(Bookmark Bookmark, BurnReason Reason) : Effect;
