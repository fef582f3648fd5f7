using CaseWorkflows.Engine.Execution;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Delivers one message of the outbox and removes it together with what its sender writes about it.</summary>
internal sealed class OutboxRunner
{
    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly Dictionary<string, IOutboxSender> _senders;
    private readonly OutsideLeases _leases;
    private readonly QueueFailures _failures;
    private readonly ILogger<OutboxRunner> _log;

    public OutboxRunner(
        NpgsqlDataSource data, BusinessClock clock, IEnumerable<IOutboxSender> senders, OutsideLeases leases, QueueFailures failures, ILogger<OutboxRunner> log)
    {
        _data = data;
        _clock = clock;
        _senders = senders.ToDictionary(s => s.Kind, StringComparer.Ordinal);
        _leases = leases;
        _failures = failures;
        _log = log;
    }

    public async Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct)
    {
        var p = QueuePayloads.Read<QueuePayloads.Outbox>(item.Payload);
        if (!_senders.TryGetValue(p.Kind, out var sender))
        {
            // A newer host may know the kind: leave it to be tried again, and park it when nobody does.
            await _failures.NoteAsync(item, new InvalidOperationException($"Ingen avsändare för meddelanden av slaget {p.Kind}."), ct);
            return BurstRun.Of(BurstRunKind.Committed);
        }

        var message = new OutboxMessage(item.Id, p.Kind, p.Data, item.Attempts, item.InstanceId, item.Region, item.Trial, await _clock.NowAsync(ct));
        if (item.Attempts > sender.Retry.MaxAttempts)
        {
            await FinishAsync(item, sender, message, new OutboxResult(false, OutsideWorker.TriesGone), ct);
            return BurstRun.Of(BurstRunKind.Committed);
        }

        string? error = null;
        try
        {
            await OutsideWorker.LimitAsync(
                async token =>
                {
                    await sender.SendAsync(message, token);
                    return true;
                },
                sender.Retry.TimeLimit,
                ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _log.LogWarning(e, "Message {Message} ({Kind}) failed at try {Attempt} of {Max}", item.Id, p.Kind, item.Attempts, sender.Retry.MaxAttempts);
            if (item.Attempts < sender.Retry.MaxAttempts)
            {
                await _leases.RetryLaterAsync(item, sender.Retry.DelayAfter(item.Attempts), FaultText.Of(e), ct);
                return BurstRun.Of(BurstRunKind.Committed);
            }

            error = FaultText.Of(e);
        }

        await FinishAsync(item, sender, message, new OutboxResult(error is null, error), ct);
        return BurstRun.Of(BurstRunKind.Committed);
    }

    /// <summary>While the lease is ours: else somebody else delivers it, and writes what came of that.</summary>
    private async Task FinishAsync(QueueItem item, IOutboxSender sender, OutboxMessage message, OutboxResult result, CancellationToken ct)
    {
        if (!await DatabaseRetry.RunAsync(() => FinishOnceAsync(item, sender, message, result, ct), ct))
            _log.LogWarning("The result of message {Message} ({Kind}) came too late and is dropped", item.Id, sender.Kind);
    }

    private async Task<bool> FinishOnceAsync(QueueItem item, IOutboxSender sender, OutboxMessage message, OutboxResult result, CancellationToken ct)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var t = await c.BeginTransactionAsync(ct);
        await using (var take = new NpgsqlBatch(c, t))
        {
            take.Add("DELETE FROM queue WHERE id = $1 AND lease_owner = $2 AND attempts = $3 RETURNING 1").With(item.Id).With(_leases.Owner).With(item.Attempts);
            if (await take.ExecuteScalarAsync(ct) is null) return false;
        }

        await using var batch = new NpgsqlBatch(c, t);
        sender.AppendResult(message, result, batch);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        await t.CommitAsync(ct);
        return true;
    }
}
