using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Delivers one kind of message to the outside. Called outside any transaction, under a lease, again after a failure.</summary>
public interface IOutboxSender
{
    string Kind { get; }

    RetrySchedule Retry => RetrySchedule.Default;

    /// <summary>Delivers; may be called more than once for one message: use its id. An exception is a failed try.</summary>
    Task SendAsync(OutboxMessage message, CancellationToken ct);

    /// <summary>Statements for the transaction that removes the message: delivered, or given up after the last try (error set).</summary>
    void AppendResult(OutboxMessage message, OutboxResult result, NpgsqlBatch batch)
    {
    }
}
