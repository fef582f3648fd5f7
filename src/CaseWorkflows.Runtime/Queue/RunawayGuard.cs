using System.Collections.Concurrent;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Runtime;

/// <summary>
/// What one call, or one item of the queue, may cause before time passes. Depth and turns stand in the rows; how many runs it has come to is
/// counted here, by each host for itself.
/// </summary>
internal sealed class RunawayGuard(WorkflowRuntimeOptions options)
{
    private const int Kept = 1_000;
    private readonly ConcurrentDictionary<Guid, Count> _runs = new();

    /// <summary>The limits of a burst in which <paramref name="root"/> has come to so many runs already.</summary>
    public ExecutionLimits LimitsFor(Guid? root) =>
        ExecutionLimits.Default with { MaxRunDepth = options.MaxRunDepth, MaxRuns = Math.Max(0, options.MaxRuns - RunsOf(root)) };

    /// <summary>Why the item goes no further; null = it does.</summary>
    public RunawayException? Stops(QueueItem item) => item.Turns > options.MaxTurns ? RunawayException.Turns(options.MaxTurns) : null;

    /// <summary>Asked for a run that no step has asked for itself: an event starts it.</summary>
    /// <exception cref="RunawayException">It is not started.</exception>
    public void DemandStart(QueueItem item, QueuePayloads.Start start)
    {
        if (start.Depth > options.MaxRunDepth) throw RunawayException.Depth(options.MaxRunDepth);
        if (start.ParentId is null && RunsOf(item.Root) > options.MaxRuns) throw RunawayException.Runs();
    }

    /// <summary>After a commit.</summary>
    public void Committed(QueueWrites queue)
    {
        if (queue.Root is not { } root) return;
        var starts = queue.Items.Count(i => i.Kind == QueueKind.Start);
        if (starts == 0) return;
        _runs.AddOrUpdate(root, static (_, n) => new Count(n, Environment.TickCount64), static (_, old, n) => new Count(old.Runs + n, Environment.TickCount64), starts);
        if (_runs.Count > Kept) Forget();
    }

    private int RunsOf(Guid? root) => root is { } id && _runs.TryGetValue(id, out var count) ? count.Runs : 0;

    /// <summary>The older half: what they belonged to is long done.</summary>
    private void Forget()
    {
        foreach (var (root, _) in _runs.OrderBy(r => r.Value.LastAt).Take(Kept / 2)) _runs.TryRemove(root, out _);
    }

    private readonly record struct Count(int Runs, long LastAt);
}
