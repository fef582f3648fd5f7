using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>A failure in a routine that waits for somebody's decision, or has had it. Holds nothing of what patients wrote but, maybe, <see cref="Message"/>.</summary>
public sealed record IncidentItem
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="IncidentState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Null for what has no instance: a scheduled start, a start that never came about, an event.</summary>
    public Guid? InstanceId { get; init; }

    public Guid? CaseId { get; init; }

    public string? CaseNumber { get; init; }

    /// <summary>Null too where the patient's identity is protected and the case not the reader's.</summary>
    public string? CaseType { get; init; }

    /// <summary>Whoever asks may open the case.</summary>
    public bool OpensCase { get; init; }

    /// <summary>Names of the case's units, or of the unit whose scheduled start it is.</summary>
    public string? Unit { get; init; }

    public string? ResponsibleUnit { get; init; }

    public IncidentRoutine? Routine { get; init; }

    /// <summary>Null when a queue item failed and not a step.</summary>
    public IncidentStep? Step { get; init; }

    /// <summary>One of <see cref="IncidentCause"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>The error as the program told it. Null in lists, and for those who may not read the case's text: it may quote it.</summary>
    public string? Message { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Tries so far, those before earlier decisions included.</summary>
    public required int Tries { get; init; }

    /// <summary>Where the routine can go on when the step is skipped; one of several has to be chosen. Empty when nothing follows.</summary>
    public IReadOnlyList<StepWay> Ways { get; init; } = [];

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>User name.</summary>
    public string? ResolvedBy { get; init; }

    public string? Reason { get; init; }

    /// <summary>The incident that the same step has made since, when it is open.</summary>
    public Guid? FailedAgain { get; init; }
}
