namespace CaseWorkflows.Runtime;

/// <summary>Whether a call had anything to do.</summary>
public enum BurstOutcomeKind
{
    /// <summary>It ran and is committed.</summary>
    Committed,

    InstanceNotFound,

    /// <summary>The bookmark or incident is gone: somebody else was first.</summary>
    BookmarkNotFound,

    AlreadyFinished,
}
