using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Host jobs as queue rows: made at start, run under a lease, moved to their next time.</summary>
internal sealed class RecurringRunner
{
    private const int MaxAttempts = 3;

    private const string EnsureSql =
        """
        INSERT INTO queue (id, due, created_at, kind, trial, region, key, payload) VALUES ($1, $2, $3, 12, false, '', $4, $5::jsonb)
        ON CONFLICT (kind, key) WHERE key IS NOT NULL DO UPDATE SET due = EXCLUDED.due, payload = EXCLUDED.payload, revision = queue.revision + 1
          WHERE queue.payload IS DISTINCT FROM EXCLUDED.payload
        """;

    private const string MoveSql =
        """
        UPDATE queue SET due = $4, lease_until = NULL, lease_owner = NULL, attempts = 0, not_before = NULL, error = $5, revision = revision + 1
        WHERE id = $1 AND lease_owner = $2 AND attempts = $3
        """;

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly Dictionary<string, IRecurringJob> _jobs;
    private readonly OutsideLeases _leases;
    private readonly ILogger<RecurringRunner> _log;

    public RecurringRunner(NpgsqlDataSource data, BusinessClock clock, IEnumerable<IRecurringJob> jobs, OutsideLeases leases, ILogger<RecurringRunner> log)
    {
        _data = data;
        _clock = clock;
        _jobs = jobs.ToDictionary(j => j.Name, StringComparer.Ordinal);
        _leases = leases;
        _log = log;
    }

    public async Task EnsureAsync(CancellationToken ct)
    {
        if (_jobs.Count == 0) return;
        var now = await _clock.NowAsync(ct);
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(c);
        foreach (var job in _jobs.Values)
        {
            if (StockholmCron.Next(job.Cron, now) is not { } due) continue;
            batch.Add(EnsureSql).With(Guid.CreateVersion7()).With(due).With(now).With(job.Name).With(QueuePayloads.Write(new QueuePayloads.Recurring(job.Cron)));
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct)
    {
        if (!_jobs.TryGetValue(item.Key ?? "", out var job))
        {
            // Known to a newer or an older host, not to this one.
            await _leases.RetryLaterAsync(item, TimeSpan.FromMinutes(5), "Okänt värdjobb", ct);
            return BurstRun.Of(BurstRunKind.Committed);
        }

        var now = await _clock.NowAsync(ct);
        string? error = null;
        try
        {
            await job.RunAsync(now, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogError(e, "Recurring job {Job} failed at try {Attempt}", job.Name, item.Attempts);
            if (item.Attempts < MaxAttempts)
            {
                await _leases.RetryLaterAsync(item, TimeSpan.FromSeconds(30), e.Message, ct);
                return BurstRun.Of(BurstRunKind.Committed);
            }

            error = e.Message;
        }

        await MoveAsync(item, job, now, error, ct);
        return BurstRun.Of(BurstRunKind.Committed);
    }

    private async Task MoveAsync(QueueItem item, IRecurringJob job, DateTimeOffset now, string? error, CancellationToken ct)
    {
        var due = StockholmCron.Next(job.Cron, now > item.Due ? now : item.Due) ?? DateTimeOffset.MaxValue;
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(c);
        batch.Add(MoveSql).With(item.Id).With(_leases.Owner).With(item.Attempts).With(due).With(error);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
