namespace CaseWorkflows.Runtime;

/// <summary>Something that happened, by name.</summary>
public sealed record PublishEvent
{
    public required string Name { get; init; }

    /// <summary>Only instances with this correlation id, and the correlation of those it starts; null reaches all.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only this instance.</summary>
    public Guid? InstanceId { get; init; }

    public object? Payload { get; init; }

    /// <summary>Units whose people it tells of, when it does.</summary>
    public IReadOnlyList<string> OfUnits { get; init; } = [];

    /// <summary>
    /// Reaches instances and routines of this region, and shared routines, which it starts there. Null reaches all regions, and starts
    /// routines in their own.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>The case of instances it starts.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>Reaches instances of one trial, and starts others of it; else it reaches no trial, save where one instance is named.</summary>
    public bool Trial { get; init; }

    /// <summary>Which trial, by the instance it began with; null: the one of <see cref="CaseId"/>.</summary>
    public Guid? TrialRoot { get; init; }

    /// <summary>False: only resumes those who wait, starts nothing.</summary>
    public bool StartTriggers { get; init; } = true;

    /// <summary>True: when nobody waits for it nothing is written, neither the event nor what the participants would.</summary>
    public bool OnlyIfAwaited { get; init; }

    /// <summary>Take part in the transaction that puts the event in the queue (for example to store the message it tells of).</summary>
    public IReadOnlyList<IBurstParticipant> Participants { get; init; } = [];
}
