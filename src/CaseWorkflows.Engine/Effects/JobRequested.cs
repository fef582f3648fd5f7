namespace CaseWorkflows.Engine.Effects;

/// <summary>Run the step's job outside the transaction and resume the bookmark with its <c>JobResult</c>.</summary>
public sealed record JobRequested(
    string BookmarkId, string JobType, IReadOnlyDictionary<string, object?> Input, string IdempotencyKey, RetryPolicy RetryPolicy) : Effect;
