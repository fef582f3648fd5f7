namespace CaseWorkflows.Runtime;

internal enum BurstRunKind
{
    Committed,
    InstanceNotFound,
    BookmarkNotFound,
    AlreadyFinished,

    /// <summary>The queue item is no longer there, or no longer ours: somebody else has done it.</summary>
    ItemGone,

    /// <summary>Another transaction has the instance or the item just now.</summary>
    Busy,

    /// <summary>A rehearsal: it ran, and nothing of it is kept.</summary>
    RolledBack,

    /// <summary>The queue item has failed, which is noted: it is tried again later, or parked.</summary>
    Failed,
}
