namespace CaseWorkflows.Runtime;

/// <summary>Resumes one bookmark of one instance.</summary>
public sealed record ResumeWorkflow
{
    public required Guid InstanceId { get; init; }

    public required string BookmarkId { get; init; }

    public object? Input { get; init; }

    public IReadOnlyList<object> Ambient { get; init; } = [];

    public IReadOnlyList<IBurstParticipant> Participants { get; init; } = [];
}
