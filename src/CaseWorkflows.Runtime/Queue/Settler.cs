using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>"Done means done": carries out what a call caused at the present business time, and what that caused, before the call answers.</summary>
internal sealed class Settler
{
    private static readonly TimeSpan OtherHostPause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan NextTryPause = TimeSpan.FromMilliseconds(25);
    private readonly NpgsqlDataSource _data;
    private readonly QueueWorker _worker;

    public Settler(NpgsqlDataSource data, QueueWorker worker)
    {
        _data = data;
        _worker = worker;
    }

    public async Task SettleAsync(Guid root, IReadOnlyList<QueueItem> caused, CancellationToken ct)
    {
        if (caused.Count == 0) return;
        var waiting = new Queue<QueueItem>(caused);
        var taken = false;
        while (waiting.TryDequeue(out var item))
        {
            var run = await _worker.RunAsync(item, skipLocked: false, ct);
            taken |= run.Kind is BurstRunKind.ItemGone or BurstRunKind.Busy or BurstRunKind.Failed;
            foreach (var next in run.FollowUps) waiting.Enqueue(next);
        }

        // Another host had one of them, or it failed: its row is there until it is done or parked, and what follows carries the same root.
        if (taken) await WaitForRestAsync(root, ct);
    }

    private async Task WaitForRestAsync(Guid root, CancellationToken ct)
    {
        while (true)
        {
            List<QueueItem> left;
            await using (var c = await _data.OpenConnectionAsync(ct)) left = await QueueReader.OfRootAsync(c, root, ct);
            if (left.Count == 0) return;

            var progressed = false;
            foreach (var item in left.Where(i => !i.IsDelayed))
            {
                var run = await _worker.RunAsync(item, skipLocked: false, ct);
                progressed |= run.Kind is not (BurstRunKind.ItemGone or BurstRunKind.Busy or BurstRunKind.Failed);
            }

            if (!progressed) await Task.Delay(left.TrueForAll(i => i.IsDelayed) ? NextTryPause : OtherHostPause, ct);
        }
    }
}
