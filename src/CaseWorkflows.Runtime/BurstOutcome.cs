using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>What a call came to.</summary>
public sealed record BurstOutcome
{
    public required Guid InstanceId { get; init; }

    public required BurstOutcomeKind Kind { get; init; }

    /// <summary>The state as committed by this burst (later work of the same call may have moved it on); null when not found.</summary>
    public WorkflowState? State { get; init; }

    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>Business time of the burst.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>No such instance, bookmark or incident (any more).</summary>
    public bool NotFound => Kind is BurstOutcomeKind.InstanceNotFound or BurstOutcomeKind.BookmarkNotFound;
}
