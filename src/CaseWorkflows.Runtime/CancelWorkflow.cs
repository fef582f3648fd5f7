namespace CaseWorkflows.Runtime;

/// <summary>Cancels one instance.</summary>
public sealed record CancelWorkflow
{
    public required Guid InstanceId { get; init; }

    public IReadOnlyList<object> Ambient { get; init; } = [];

    public IReadOnlyList<IBurstParticipant> Participants { get; init; } = [];
}
