using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Parked queue items, when an operator has decided about them: back in the queue, or not carried out.</summary>
internal sealed class ParkedItems
{
    private const string LockInstanceSql = "SELECT case_id FROM instance WHERE id = $1 FOR UPDATE";

    private const string LockItemSql = $"SELECT {QueueReader.Columns} FROM queue WHERE id = $1 AND failed_at IS NOT NULL FOR UPDATE";

    private const string CloseSql =
        """
        UPDATE incident SET resolved_at = $2, resolution = $3, resolved_by = $4, reason = $5, revision = revision + 1 WHERE id = $1 AND resolved_at IS NULL RETURNING 1
        """;

    private const string CountDownSql = "UPDATE instance SET incident_count = greatest(0, incident_count - 1), revision = revision + 1 WHERE id = $1";

    // The tries stay counted, so that it is tried once: when it fails it is parked again, and the operator hears of it at once.
    // The moment before all others says so. Outside work has tries of its own kind, and begins anew.
    private const string RequeueSql =
        """
        UPDATE queue SET failed_at = NULL, error = NULL, root = $2, turns = 0, revision = revision + 1, attempts = CASE WHEN kind >= 10 THEN 0 ELSE attempts END,
          not_before = CASE WHEN kind < 10 THEN timestamptz '-infinity' END, payload = $3::jsonb
        WHERE id = $1
        """;

    // As if its tries were used up: what an operator tries again is tried once.
    private const string ParkStartSql =
        """
        WITH parked AS (
          INSERT INTO queue (id, due, created_at, failed_at, kind, trial, region, instance_id, payload, attempts, error)
          VALUES ($1, $2, $2, now(), 4, false, $3, $4, $5::jsonb, $6, $7) RETURNING id, instance_id, region, kind, payload)
        INSERT INTO incident (id, instance_id, at, trial, region, kind, queue_id, message, detail, tries, item_kind, case_id, definition_id)
        SELECT $8, p.instance_id, $2, false, p.region, 'Queue', p.id, $7, 'StartParked', 1, p.kind, (p.payload ->> 'caseId')::uuid, nullif(p.payload ->> 'definitionId', '')
        FROM parked p
        """;

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly BurstParticipants _participants;
    private readonly TriggerStarter _triggers;
    private readonly QueueWake _wake;
    private readonly WorkflowRuntimeOptions _options;

    public ParkedItems(
        NpgsqlDataSource data, BusinessClock clock, BurstParticipants participants, TriggerStarter triggers, QueueWake wake, WorkflowRuntimeOptions options)
    {
        _options = options;
        _data = data;
        _clock = clock;
        _participants = participants;
        _triggers = triggers;
        _wake = wake;
    }

    /// <param name="resolve">What the operator decided; its participants write in the same transaction.</param>
    /// <param name="skip">A scheduled start that is skipped moves to the next of its series; anything else skipped goes.</param>
    /// <param name="instanceId">The instance, or where there is none the item's own id.</param>
    /// <param name="queueId">The item.</param>
    /// <param name="root">The call that waits for what it causes.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>Not found when somebody was first, or the item is gone with its instance or routine.</returns>
    public Task<BurstRun> ResolveAsync(ResolveIncident resolve, bool skip, Guid instanceId, Guid queueId, Guid root, CancellationToken ct) =>
        DatabaseRetry.RunAsync(() => ResolveOnceAsync(resolve, skip, instanceId, queueId, root, ct), ct);

    /// <summary>A start that cannot be made, with what comes with it: see <see cref="IWorkflowRuntime.ParkStartAsync"/>.</summary>
    public Task<BurstRun> ParkStartAsync(StartWorkflow start, string why, IReadOnlyList<Effect> effects, CancellationToken ct) =>
        DatabaseRetry.RunAsync(() => ParkStartOnceAsync(start, why, effects, ct), ct);

    private async Task<BurstRun> ParkStartOnceAsync(StartWorkflow start, string why, IReadOnlyList<Effect> effects, CancellationToken ct)
    {
        // No instance runs, and none is there yet.
        var scope = new BurstScope(new BurstSubject(start.InstanceId, start.CaseId, true), BurstStimulus.Publish) { Region = start.Region };
        scope.Ambient.AddRange(start.Ambient);
        if (start.AmbientOfTry is { } own) scope.Ambient.AddRange(own());
        var participants = _participants.With(start.Participants);
        await using var c = await _data.OpenConnectionAsync(ct);
        scope.Now = await _clock.NowAsync(c, ct);
        await using var t = await c.BeginTransactionAsync(ct);
        await ReadAsync(participants, scope, c, t, ct);
        scope.Result = new BurstResult(BurstDisposition.Ran, null!, effects, []);
        await using var batch = new NpgsqlBatch(c, t);
        batch.Add(ParkStartSql).With(Guid.CreateVersion7()).With(scope.Now).With(start.Region).With(start.InstanceId)
            .With(QueueWrites.StartItem(start, scope.Now).Payload).With(_options.MaxItemAttempts).With(why).With(Guid.CreateVersion7());
        foreach (var p in participants) p.AppendWrites(scope, batch);
        scope.Queue.AppendTo(batch, scope.Now);
        foreach (var p in participants) p.Arrange(batch);
        batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync(ct);

        _participants.Committed(participants, scope);
        _wake.Added(scope.Queue.Items, scope.Now);
        return BurstRun.Of(BurstRunKind.Committed);
    }

    private async Task<BurstRun> ResolveOnceAsync(ResolveIncident resolve, bool skip, Guid instanceId, Guid queueId, Guid root, CancellationToken ct)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        var scope = new BurstScope(new BurstSubject(instanceId, null, false), BurstStimulus.Incident) { Now = await _clock.NowAsync(c, ct) };
        scope.Ambient.AddRange(resolve.Ambient);
        await using var t = await c.BeginTransactionAsync(ct);
        // Instance before queue, as everywhere.
        await using (var command = new NpgsqlCommand(LockInstanceSql, c, t) { Parameters = { new() { Value = instanceId } } })
            scope.CaseId = await command.ExecuteScalarAsync(ct) as Guid?;
        List<QueueItem> locked;
        await using (var command = new NpgsqlCommand(LockItemSql, c, t) { Parameters = { new() { Value = queueId } } }) locked = await QueueReader.ReadAsync(command, ct);
        if (locked is not [var item] || !await CloseAsync(c, t, resolve, skip, scope.Now, ct)) return BurstRun.Of(BurstRunKind.BookmarkNotFound);

        if (!skip && item.Kind == QueueKind.Start && resolve.DefinitionId is { } definition)
            item = item with { Payload = QueuePayloads.Write(QueuePayloads.Read<QueuePayloads.Start>(item.Payload) with { DefinitionId = definition }) };
        scope.Region = item.Region;
        scope.Trial = item.Trial;
        scope.Result = new BurstResult(BurstDisposition.Ran, null!, [], []);
        await ReadAsync(resolve.Participants, scope, c, t, ct);
        var move = skip && item.Kind == QueueKind.Trigger ? await _triggers.SkipAsync(item, scope.Now, c, ct) : null;
        await using var batch = new NpgsqlBatch(c, t);
        batch.Add(CountDownSql).With(instanceId);
        if (move is not null) move(batch);
        else if (skip) batch.Add(BurstWriter.DeleteItemSql).With(queueId);
        else batch.Add(RequeueSql).With(queueId).With(root).With(item.Payload);
        foreach (var p in resolve.Participants) p.AppendWrites(scope, batch);
        foreach (var p in _participants.With(resolve.Participants)) p.Arrange(batch);
        batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync(ct);

        _participants.Committed(resolve.Participants, scope);
        _wake.Signal();
        var outcome = new BurstOutcome { InstanceId = instanceId, Kind = BurstOutcomeKind.Committed, At = scope.Now };
        return new BurstRun(BurstRunKind.Committed, outcome, !skip && !item.IsOutside && item.Due <= scope.Now ? [item with { Root = root, Turns = 0 }] : []);
    }

    private static async Task<bool> CloseAsync(NpgsqlConnection c, NpgsqlTransaction t, ResolveIncident resolve, bool skip, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(c, t);
        batch.Add(CloseSql).With(resolve.IncidentId).With(now).With(skip ? "Skip" : "Retry").With(resolve.By).With(resolve.Reason);
        return await batch.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task ReadAsync(IReadOnlyList<IBurstParticipant> participants, BurstScope scope, NpgsqlConnection c, NpgsqlTransaction t, CancellationToken ct)
    {
        await using (var batch = new NpgsqlBatch(c, t))
        {
            var readers = BurstParticipants.AppendReads(participants, batch, new BurstSubject(scope.InstanceId, scope.CaseId, scope.IsNew));
            if (readers.Count > 0)
            {
                await using var reader = await batch.ExecuteReaderAsync(ct);
                await BurstParticipants.ReadAsync(readers, reader, scope, ct);
            }
        }

        await BurstParticipants.ReadyAsync(participants, c, scope, ct);
    }
}
