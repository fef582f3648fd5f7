using Npgsql;

namespace CaseWorkflows.Runtime;

/// <inheritdoc cref="IClockControl" />
internal sealed class ManualAdvance : IClockControl
{
    private const long LockKey = 0x4357636C6F636B; // "CWclock"
    private static readonly TimeSpan OtherHostPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan NextTryPause = TimeSpan.FromMilliseconds(25);

    private const string NextSql =
        """
        SELECT least((SELECT due FROM queue WHERE failed_at IS NULL AND not_before IS DISTINCT FROM 'infinity' AND kind < 10 ORDER BY due LIMIT 1),
                     (SELECT due FROM queue WHERE failed_at IS NULL AND not_before IS NULL AND kind >= 10 AND attempts = 0 ORDER BY due LIMIT 1))
        """;

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly QueueWorker _worker;
    private readonly OutsideLeases _leases;
    private readonly OutsideWorker _outside;
    private readonly QueueWake _wake;
    private int _running;

    public ManualAdvance(NpgsqlDataSource data, BusinessClock clock, QueueWorker worker, OutsideLeases leases, OutsideWorker outside, QueueWake wake)
    {
        _data = data;
        _clock = clock;
        _worker = worker;
        _leases = leases;
        _outside = outside;
        _wake = wake;
    }

    public bool IsRunning => Volatile.Read(ref _running) > 0;

    public async Task AdvanceAsync(DateTimeOffset to, CancellationToken ct = default)
    {
        if (_clock.Mode != ClockMode.Manual) throw new InvalidOperationException("The clock is the system's.");
        to = to.ToUniversalTime();
        Interlocked.Increment(ref _running);
        try
        {
            // One mover at a time over all hosts; the lock goes with its connection.
            await using var c = await _data.OpenOwnConnectionAsync(ct);
            await ExecuteAsync(c, $"SELECT pg_advisory_lock({LockKey})", ct);
            try
            {
                await MoveAsync(c, to, ct);
            }
            finally
            {
                await ExecuteAsync(c, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }
        catch (Exception e) when (e is not DatabaseUnavailableException && DatabaseUnavailableException.IsConnectionLoss(e))
        {
            throw new DatabaseUnavailableException(e);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _wake.Signal();
        }
    }

    private async Task MoveAsync(NpgsqlConnection c, DateTimeOffset to, CancellationToken ct)
    {
        var now = await _clock.NowAsync(c, ct);
        if (to < now) throw new ClockBackwardsException(now, to);

        while (await NextDueAsync(c, ct) is { } due && due <= to)
        {
            if (due > now) now = await SetAsync(c, due, ct);
            await DatabaseItemsAsync(c, now, ct);
            if (!await OutsideItemsAsync(now, ct)) await DatabaseItemsAsync(c, now, ct);
        }

        await SetAsync(c, to, ct);
        while (await _leases.AnyRunningAsync(to, ct)) await Task.Delay(OtherHostPause, ct);
        await DatabaseItemsAsync(c, to, ct);
    }

    private async Task DatabaseItemsAsync(NpgsqlConnection c, DateTimeOffset now, CancellationToken ct)
    {
        while (true)
        {
            var due = await QueueReader.DueAsync(c, now, 64, ct);
            if (due.Count == 0)
            {
                if (!await QueueReader.AnyDelayedAsync(c, now, ct)) return;
                await Task.Delay(NextTryPause, ct);
                continue;
            }

            var progressed = false;
            foreach (var item in due)
            {
                var run = await _worker.RunAsync(item, skipLocked: false, ct);
                progressed |= run.Kind is not (BurstRunKind.ItemGone or BurstRunKind.Busy or BurstRunKind.Failed);

                // What it caused at the same time comes before what was due later; rows read ahead may be of this very moment only.
                if (run.FollowUps.Count > 0 && due[^1].Due > item.Due) break;
            }

            if (!progressed) await Task.Delay(OtherHostPause, ct);
        }
    }

    /// <returns>True when something was tried.</returns>
    private async Task<bool> OutsideItemsAsync(DateTimeOffset now, CancellationToken ct)
    {
        var tried = false;
        while (true)
        {
            var items = await _leases.ClaimAsync(now, 8, ct);
            if (items.Count == 0) break;
            tried = true;
            await Task.WhenAll(items.Select(i => _outside.RunAsync(i, ct)));
        }

        // What a pump began before is waited for: its result belongs to the time that is about to pass.
        while (await _leases.AnyRunningAsync(now, ct))
        {
            tried = true;
            await Task.Delay(OtherHostPause, ct);
        }

        return tried;
    }

    private static async Task<DateTimeOffset?> NextDueAsync(NpgsqlConnection c, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(NextSql, c);
        return await command.ExecuteScalarAsync(ct) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }

    private static async Task<DateTimeOffset> SetAsync(NpgsqlConnection c, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("UPDATE business_clock SET now = greatest(now, $1)", c) { Parameters = { new() { Value = now.UtcDateTime } } };
        await command.ExecuteNonQueryAsync(ct);
        return now;
    }

    private static async Task ExecuteAsync(NpgsqlConnection c, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, c) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
