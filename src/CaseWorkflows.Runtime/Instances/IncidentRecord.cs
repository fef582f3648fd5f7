namespace CaseWorkflows.Runtime;

/// <summary>A step, job or queue item that failed, and what an operator did about it.</summary>
public sealed record IncidentRecord
{
    public required Guid Id { get; init; }

    public required Guid InstanceId { get; init; }

    /// <summary>Activity (a step or its job) or Queue (an item the host could not carry out).</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? NodeId { get; init; }

    public string? ActivityInstanceId { get; init; }

    public required string Message { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Retry, Skip, or Cancelled (the step went with its branch or its instance).</summary>
    public string? Resolution { get; init; }

    public string? ResolvedBy { get; init; }

    public string? Reason { get; init; }

    public required string Region { get; init; }

    public bool Trial { get; init; }
}
