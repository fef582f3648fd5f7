namespace CaseWorkflows.Cases.Errors;

/// <summary>The <c>type</c> values of a 409 answer.</summary>
public static class ConflictTypes
{
    public const string TaskCompleted = "task-completed";
    public const string TaskWithdrawn = "task-withdrawn";
    public const string TaskLocked = "task-locked";
    public const string TaskTaken = "task-taken";
    public const string RevisionChanged = "revision-changed";
    public const string AlreadyExists = "already-exists";
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    public const string ClockBackwards = "clock-backwards";
    public const string IncidentResolved = "incident-resolved";
    public const string CaseClosed = "case-closed";
    public const string CaseOpen = "case-open";

    /// <summary>A colleague has kept a draft since the page was shown.</summary>
    public const string DraftChanged = "draft-changed";

    /// <summary>The page was shown to somebody else than who is signed in now.</summary>
    public const string OtherPerson = "other-person";

    /// <summary>What would be sent to the resident is no longer what was seen.</summary>
    public const string MessageChanged = "message-changed";
}
