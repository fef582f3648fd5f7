using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Effects;

public sealed record BookmarkCreated(Bookmark Bookmark) : Effect;
