using CaseWorkflows.Engine.Execution;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Notes a failed try of a queue item: a later one, or after the last an incident for an operator.</summary>
internal sealed class QueueFailures
{
    private const string LaterSql =
        """
        UPDATE queue SET attempts = greatest(attempts, $4), not_before = now() + $2, error = $3, lease_until = NULL, lease_owner = NULL, revision = revision + 1
        WHERE id = $1 AND failed_at IS NULL AND ($5::uuid IS NULL OR (lease_owner = $5 AND attempts = $4))
        """;

    private const string ParkSql =
        $"""
        WITH parked AS (
          UPDATE queue SET attempts = greatest(attempts, $6), failed_at = now(), error = $2, lease_until = NULL, lease_owner = NULL, revision = revision + 1
          WHERE id = $1 AND failed_at IS NULL AND ($7::uuid IS NULL OR (lease_owner = $7 AND attempts = $6)) AND (NOT $8 OR (attempts = $6 AND {QueueTries.UsedUp}))
          RETURNING id, instance_id, bookmark_id, region, trial, attempts, kind, payload),
        counted AS (
          UPDATE instance i SET incident_count = incident_count + 1, revision = i.revision + 1 FROM parked p WHERE i.id = p.instance_id)
        INSERT INTO incident (id, instance_id, at, trial, region, kind, queue_id, bookmark_id, message, detail, tries, item_kind, case_id, series, definition_id, version_id)
        SELECT $3, coalesce(p.instance_id, p.id), $4, p.trial, p.region, 'Queue', p.id, p.bookmark_id, $2, $5, p.attempts,
          p.kind, (p.payload ->> 'caseId')::uuid, p.payload ->> 'key', p.payload ->> 'definitionId', p.payload ->> 'versionId' FROM parked p
        """;

    // A root that has run away leaves thousands of starts that all come to the same: one is kept for an operator. One that a parent waits for stays,
    // and one that would be given something else.
    private const string DropAlikeSql =
        """
        DELETE FROM queue WHERE id = $1 AND kind = 4 AND payload ->> 'parentBookmarkId' IS NULL AND EXISTS (
          SELECT 1 FROM queue q JOIN incident i ON i.queue_id = q.id AND i.resolved_at IS NULL
          WHERE q.root = $2 AND q.id <> $1 AND q.kind = 4 AND q.failed_at IS NOT NULL AND q.payload - 'origin' = queue.payload - 'origin')
        """;

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly WorkflowRuntimeOptions _options;

    public QueueFailures(NpgsqlDataSource data, BusinessClock clock, WorkflowRuntimeOptions options)
    {
        _data = data;
        _clock = clock;
        _options = options;
    }

    /// <summary>A leased item only while the lease is ours: else somebody else has it.</summary>
    public Task NoteAsync(QueueItem item, Exception failure, CancellationToken ct) => DatabaseRetry.RunAsync(() => NoteOnceAsync(item, failure, ct), ct);

    private async Task NoteOnceAsync(QueueItem item, Exception failure, CancellationToken ct)
    {
        var schedule = new RetrySchedule(_options.MaxItemAttempts, _options.ItemRetryDelay, TimeSpan.FromMinutes(10), TimeSpan.Zero);
        var attempt = item.IsCounted || item.IsOutside ? item.Attempts : item.Attempts + 1;
        await using var c = await _data.OpenConnectionAsync(ct);
        var now = await _clock.NowAsync(c, ct);
        await using var batch = new NpgsqlBatch(c);
        // Instance before queue, as everywhere.
        if (item.InstanceId is { } instance) batch.Add("SELECT 1 FROM instance WHERE id = $1 FOR UPDATE").With(instance);
        if (failure is RunawayException or DefinitionNotFoundException && item is { Kind: QueueKind.Start, Root: { } root }) batch.Add(DropAlikeSql).With(item.Id).With(root);
        if (attempt < schedule.MaxAttempts && failure is not RunawayException)
        {
            batch.Add(LaterSql).With(item.Id).With(schedule.DelayAfter(attempt)).With(FaultText.Of(failure)).With(attempt).With(Lease(item));
        }
        else
        {
            batch.Add(ParkSql).With(item.Id).With(FaultText.Of(failure)).With(Guid.CreateVersion7()).With(now).With(failure.GetType().Name).With(attempt).With(Lease(item)).With(failure is HostDiedException);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    private static Guid? Lease(QueueItem item) => item.IsOutside ? item.LeaseOwner : null;
}
