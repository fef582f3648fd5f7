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

    private async Task FinishAsync(QueueItem item, IOutboxSender sender, OutboxMessage message, OutboxResult result, CancellationToken ct)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(c);
        batch.Add("DELETE FROM queue WHERE id = $1 AND lease_owner = $2 AND attempts = $3").With(item.Id).With(_leases.Owner).With(item.Attempts);
        sender.AppendResult(message, result, batch);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
