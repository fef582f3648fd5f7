using Microsoft.Extensions.Logging;

namespace CaseWorkflows.Runtime;

/// <summary>Runs one leased item with a time limit, renewing the lease meanwhile.</summary>
internal sealed class OutsideWorker
{
    /// <summary>Why work is given up that no try has told anything about.</summary>
    public const string TriesGone = "Försöken är slut: värden har stannat varje gång medan arbetet utfördes.";

    private readonly OutsideLeases _leases;
    private readonly JobRunner _jobs;
    private readonly OutboxRunner _outbox;
    private readonly RecurringRunner _recurring;
    private readonly Settler _settler;
    private readonly QueueFailures _failures;
    private readonly WorkflowRuntimeOptions _options;
    private readonly ILogger<OutsideWorker> _log;

    public OutsideWorker(
        OutsideLeases leases, JobRunner jobs, OutboxRunner outbox, RecurringRunner recurring, Settler settler, QueueFailures failures,
        WorkflowRuntimeOptions options, ILogger<OutsideWorker> log)
    {
        _leases = leases;
        _jobs = jobs;
        _outbox = outbox;
        _recurring = recurring;
        _settler = settler;
        _failures = failures;
        _options = options;
        _log = log;
    }

    /// <summary>Does not throw for what the work does wrong.</summary>
    public async Task RunAsync(QueueItem item, CancellationToken ct)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var renewing = RenewAsync(item, lost, done.Token);
        try
        {
            var run = item.Kind switch
            {
                QueueKind.Job => await _jobs.RunAsync(item, lost.Token),
                QueueKind.Outbox => await _outbox.RunAsync(item, lost.Token),
                QueueKind.Recurring => await _recurring.RunAsync(item, lost.Token),
                _ => throw new InvalidOperationException($"Queue item {item.Id} of kind {item.Kind} is not outside work."),
            };
            if (run.FollowUps.Count > 0) await _settler.SettleAsync(item.Id, run.FollowUps, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogError(e, "Outside item {Item} ({Kind}) of instance {Instance} could not be finished", item.Id, item.Kind, item.InstanceId);
            await NoteAsync(item, e, ct);
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }
    }

    /// <summary>
    /// Tried again later, and parked for an operator in the end. When the database is away, and for the host's own jobs that come back anyway, the lease
    /// runs out by itself.
    /// </summary>
    private async Task NoteAsync(QueueItem item, Exception failure, CancellationToken ct)
    {
        if (item.Kind == QueueKind.Recurring || (failure is not DatabaseBusyException && DatabaseUnavailableException.IsConnectionLoss(failure))) return;
        try
        {
            await _failures.NoteAsync(item, failure, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogError(e, "That outside item {Item} failed could not be noted", item.Id);
        }
    }

    private async Task RenewAsync(QueueItem item, CancellationTokenSource lost, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_options.Lease / 3, done);
                if (await _leases.RenewAsync(item, done)) continue;
                _log.LogWarning("The lease of outside item {Item} is lost", item.Id);
                await lost.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // Done.
        }
        catch (Exception e)
        {
            // The database is away: the lease runs out, and whoever comes back first takes the item.
            _log.LogWarning(e, "The lease of outside item {Item} could not be renewed", item.Id);
        }
    }

    /// <summary>Runs under a time limit; a job that does not listen is left behind.</summary>
    public static async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken ct)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (limit > TimeSpan.Zero) time.CancelAfter(limit);
        try
        {
            return await Task.Run(() => work(time.Token), time.Token).WaitAsync(time.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"Tidsgränsen {limit.TotalSeconds:0} sekunder passerades.", e);
        }
    }
}
