using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// This host's share of the queue: database-only items by a few workers, outside items under leases. Woken in memory by this host's
/// commits, by other hosts' signals, by the next due time and, as a safety net, by a poll.
/// </summary>
internal sealed class QueuePump : BackgroundService
{
    private const int Batch = 128;
    private static readonly TimeSpan AfterLoss = TimeSpan.FromMilliseconds(500);
    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly QueueWorker _worker;
    private readonly QueueTries _tries;
    private readonly OutsideLeases _leases;
    private readonly OutsideWorker _outside;
    private readonly QueueWake _wake;
    private readonly ManualAdvance _advance;
    private readonly RuntimeInitializer _initializer;
    private readonly WorkflowRuntimeOptions _options;
    private readonly ILogger<QueuePump> _log;
    private readonly SemaphoreSlim _outsideSlots;
    private int _running;

    public QueuePump(
        NpgsqlDataSource data, BusinessClock clock, QueueWorker worker, QueueTries tries, OutsideLeases leases, OutsideWorker outside, QueueWake wake, ManualAdvance advance,
        RuntimeInitializer initializer, WorkflowRuntimeOptions options, ILogger<QueuePump> log)
    {
        _data = data;
        _clock = clock;
        _worker = worker;
        _tries = tries;
        _leases = leases;
        _outside = outside;
        _wake = wake;
        _advance = advance;
        _initializer = initializer;
        _options = options;
        _log = log;
        _outsideSlots = new SemaphoreSlim(options.OutsideWorkers);
    }

    public override void Dispose()
    {
        _outsideSlots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.RunPump) return;
        await _initializer.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var worked = await DatabaseItemsAsync(stoppingToken);
                worked |= await OutsideItemsAsync(stoppingToken);
                if (!worked) await _wake.WaitAsync(await SleepAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                if (DatabaseUnavailableException.IsConnectionLoss(e)) _log.LogWarning("The pump has lost the database and tries again: {Message}", e.GetBaseException().Message);
                else _log.LogError(e, "The pump failed and goes on");
                await Task.Delay(AfterLoss, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        try
        {
            await _tries.PayBackAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            _log.LogWarning("Tries that were not made could not be given back: {Message}", e.GetBaseException().Message);
        }

        // Jobs under way hear the stop through their token; their leases run out, and any host tries them again.
        for (var i = 0; i < 100 && Volatile.Read(ref _running) > 0; i++) await Task.Delay(20, CancellationToken.None);
    }

    /// <returns>True when something was done; look again at once.</returns>
    private async Task<bool> DatabaseItemsAsync(CancellationToken ct)
    {
        // While the manual clock is moved by this host, that does the work, in due order.
        if (_advance.IsRunning) return false;
        await _tries.PayBackAsync(ct);
        List<QueueItem> due;
        await using (var c = await _data.OpenConnectionAsync(ct))
        {
            due = await QueueReader.TakeDueAsync(c, await _clock.NowAsync(c, ct), Batch, _options, ct);
        }

        if (due.Count == 0) return false;
        foreach (var item in due.Where(i => i.IsCounted)) _tries.Owe(item.Id);

        // Items of one instance in their order, one after the other: they would only wait for each other's lock.
        var groups = due.Where(i => !IsSuspect(i)).GroupBy(i => i.InstanceId is { } id && i.Kind != QueueKind.Start ? id : i.Id).ToList();
        var done = 0;
        await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = _options.PumpWorkers, CancellationToken = ct }, async (group, token) =>
        {
            foreach (var item in group)
            {
                var run = await _worker.RunAsync(item, skipLocked: true, token);
                _tries.Made(item.Id);
                if (run.Kind is BurstRunKind.Busy) break;
                if (run.Kind is not (BurstRunKind.ItemGone or BurstRunKind.Failed)) Interlocked.Increment(ref done);
            }
        });

        // One at a time, so that one that ends its host takes no other's try with it.
        foreach (var item in due.Where(IsSuspect))
        {
            if ((await _worker.RunAsync(item, skipLocked: true, ct)).Kind is not (BurstRunKind.ItemGone or BurstRunKind.Failed or BurstRunKind.Busy)) done++;
        }

        await _tries.PayBackAsync(ct);

        // All taken by others: give them a moment instead of asking for the same rows again and again.
        if (done == 0) await Task.Delay(5, ct);
        return true;
    }

    /// <summary>It has failed before, or was under way when a host died.</summary>
    private static bool IsSuspect(QueueItem item) => item is { Attempts: > 0, IsCounted: false };

    private async Task<bool> OutsideItemsAsync(CancellationToken ct)
    {
        var free = _outsideSlots.CurrentCount;
        if (free == 0 || _advance.IsRunning) return false;
        var items = await _leases.ClaimAsync(await _clock.NowAsync(ct), free, ct);
        foreach (var item in items)
        {
            await _outsideSlots.WaitAsync(ct);
            Interlocked.Increment(ref _running);
            _ = Task.Run(() => RunOutsideAsync(item, ct), CancellationToken.None);
        }

        return items.Count > 0;
    }

    private async Task RunOutsideAsync(QueueItem item, CancellationToken ct)
    {
        try
        {
            await _outside.RunAsync(item, ct);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception e)
        {
            _log.LogError(e, "Outside item {Item} failed", item.Id);
        }
        finally
        {
            _outsideSlots.Release();
            Interlocked.Decrement(ref _running);
            _wake.Signal();
        }
    }

    /// <summary>Until the next due time, at most the poll interval.</summary>
    private async Task<TimeSpan> SleepAsync(CancellationToken ct)
    {
        if (_clock.Mode == ClockMode.Manual) return _options.PollInterval;
        await using var command = _data.CreateCommand(
            """
            SELECT least((SELECT due FROM queue WHERE failed_at IS NULL AND kind < 10 AND due > $1 ORDER BY due LIMIT 1),
                         (SELECT due FROM queue WHERE failed_at IS NULL AND kind >= 10 AND due > $1 ORDER BY due LIMIT 1))
            """);
        var now = BusinessClock.MachineNow;
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        if (await command.ExecuteScalarAsync(ct) is not DateTime next) return _options.PollInterval;
        var wait = next - now.UtcDateTime;
        return wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait < _options.PollInterval ? wait : _options.PollInterval;
    }
}
