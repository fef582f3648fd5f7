using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Takes part in a burst's transaction. Modules register one (singleton, always asked); a call may bring its own.
/// Order: all reads, all ready, the burst, all writes, commit. A burst may be run again after a deadlock, then with everything read anew: keep
/// nothing between calls but what is in the scope, and change nothing that was given from outside.
/// Never ask for another connection in a burst: whoever holds one and waits for a second waits for others who do the same.
/// <para>
/// Every transaction, a burst's or not, takes its locks in one order: instance, queue item, case, task, other rows, reference data, heads of the
/// history (by stream). What is passed over is not taken later. Rows are locked FOR NO KEY UPDATE, so that a row that refers to them can be
/// inserted meanwhile.
/// </para>
/// </summary>
public interface IBurstParticipant
{
    /// <summary>
    /// Adds statements to the batch that locks the instance. Each must give one result set. The instance's case may be unknown here: then use <c>(SELECT case_id FROM instance WHERE id = $1)</c>.
    /// </summary>
    void AppendReads(BurstReads reads, BurstSubject subject)
    {
    }

    /// <summary>
    /// Called once when it has added reads. The reader stands before the first row of its first result set; go on with NextResultAsync
    /// between its own sets only. May add to <c>scope.Ambient</c>, or throw: the transaction is rolled back and the exception reaches the caller.
    /// </summary>
    ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>When all have read: the transaction's connection is free for what was found missing. Not asked when there is nothing to run.</summary>
    ValueTask ReadyAsync(NpgsqlConnection connection, BurstScope scope, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>
    /// Adds statements to the batch that commits; <c>scope.Result</c> holds the effects. Must not do I/O. Use positional parameters ($1).
    /// Not asked when the bookmark was gone or the instance finished: then everything is rolled back.
    /// </summary>
    void AppendWrites(BurstScope scope, NpgsqlBatch batch);

    /// <summary>When all have added what they write: puts one's own statements, whoever added them, where the lock order wants them.</summary>
    void Arrange(NpgsqlBatch batch)
    {
    }

    /// <summary>After the commit. Must not throw.</summary>
    void Committed(BurstScope scope)
    {
    }
}
