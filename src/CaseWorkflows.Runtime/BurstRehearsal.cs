using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Runtime;

/// <summary>What a call would come to: everything is run, nothing is written.</summary>
public sealed record BurstRehearsal
{
    public required BurstOutcomeKind Kind { get; init; }

    /// <summary>Effects of the burst, then of the sub-routines that it starts, as far as they run without waiting.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>What the activities found and changed, for example the case.</summary>
    public IReadOnlyList<object> Ambient { get; init; } = [];
}
