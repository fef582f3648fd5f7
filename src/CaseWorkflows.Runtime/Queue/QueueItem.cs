namespace CaseWorkflows.Runtime;

/// <summary>One row of the queue.</summary>
internal sealed record QueueItem
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required QueueKind Kind { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The call that must not answer before this is done.</summary>
    public Guid? Root { get; init; }

    public Guid? InstanceId { get; init; }

    public string? BookmarkId { get; init; }

    /// <summary>Waits that were over at once, jobs and events since time last passed.</summary>
    public int Turns { get; init; }

    public string? Key { get; init; }

    /// <summary>JSON.</summary>
    public string? Payload { get; init; }

    public required string Region { get; init; }

    public bool Trial { get; init; }

    /// <summary>Tries so far, this one included when leased.</summary>
    public int Attempts { get; init; }

    /// <summary>The try that is under way is counted already: it stays counted when the host dies of it.</summary>
    public bool IsCounted { get; init; }

    public Guid? LeaseOwner { get; init; }

    /// <summary>It has failed, and its next try is not yet (machine time).</summary>
    public bool IsDelayed { get; init; }

    public bool IsOutside => Kind >= QueueKind.Job;
}
