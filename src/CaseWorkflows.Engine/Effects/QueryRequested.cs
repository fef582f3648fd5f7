namespace CaseWorkflows.Engine.Effects;

/// <summary>Run the query in the burst's own transaction, then resume the bookmark with its answer.</summary>
public sealed record QueryRequested(string BookmarkId, object Query) : Effect;
