namespace CaseWorkflows.Runtime;

/// <summary>How a transaction ended, and what it left to do.</summary>
internal sealed record BurstRun(BurstRunKind Kind, BurstOutcome? Outcome, IReadOnlyList<QueueItem> FollowUps)
{
    public static BurstRun Of(BurstRunKind kind) => new(kind, null, []);

    public BurstOutcome OutcomeFor(Guid instanceId) => Outcome ?? new BurstOutcome
    {
        InstanceId = instanceId,
        Kind = Kind switch
        {
            BurstRunKind.BookmarkNotFound => BurstOutcomeKind.BookmarkNotFound,
            BurstRunKind.AlreadyFinished => BurstOutcomeKind.AlreadyFinished,
            _ => BurstOutcomeKind.InstanceNotFound,
        },
    };
}
