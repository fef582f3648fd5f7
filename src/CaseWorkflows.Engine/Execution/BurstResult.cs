using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Journal;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <summary>What a burst came to. Effects stand in the order they happened.</summary>
public sealed record BurstResult(
    BurstDisposition Disposition,
    WorkflowState State,
    IReadOnlyList<Effect> Effects,
    IReadOnlyList<JournalEntry> Journal)
{
    public bool NotFound => Disposition == BurstDisposition.NotFound;
}
