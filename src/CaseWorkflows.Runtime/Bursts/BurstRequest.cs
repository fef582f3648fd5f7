using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>One burst of an existing instance, from a caller or from the queue.</summary>
internal sealed record BurstRequest
{
    public required BurstStimulus Stimulus { get; init; }

    public required Guid InstanceId { get; init; }

    public required Func<WorkflowGraph, WorkflowState, BurstEnvironment, BurstResult> Run { get; init; }

    public string? BookmarkId { get; init; }

    public object? Input { get; init; }

    public IReadOnlyList<object> Ambient { get; init; } = [];

    public IReadOnlyList<IBurstParticipant> Participants { get; init; } = [];

    /// <summary>Where <see cref="Input"/> comes from.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The call that waits for what this causes.</summary>
    public Guid? Root { get; init; }

    /// <summary>The queue item that this carries out; removed in the same transaction.</summary>
    public QueueItem? Item { get; init; }

    /// <summary>True: leave it when another transaction has the instance (a pump goes on with the next).</summary>
    public bool SkipLocked { get; init; }

    /// <summary>An incident that an operator resolves with this.</summary>
    public ResolveIncident? Resolve { get; init; }

    /// <summary>A rehearsal: told what the burst came to; then everything is rolled back.</summary>
    public Action<WorkflowGraph, BurstScope>? InsteadOfWriting { get; init; }
}
