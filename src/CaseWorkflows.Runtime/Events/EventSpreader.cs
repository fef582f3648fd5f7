using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Runtime.Definitions;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Turns one event into resumes of those who wait and starts of what it triggers, in one transaction.</summary>
internal sealed class EventSpreader
{
    // What a routine sends moves no patient's case but the one it says: a case's reaches runs of that case and of none, whatever correlation it names; one
    // that one case has reached, that case; any other, cases by their correlation only, and if cases have reached it one of those.
    private const string WaitingSql =
        """
        SELECT b.instance_id, b.id, i.region, i.trial FROM bookmark b JOIN instance i ON i.id = b.instance_id LEFT JOIN instance s ON s.id = $8
        WHERE b.hash = $1 AND ($2::text IS NULL OR i.correlation_id = $2) AND ($3::uuid IS NULL OR b.instance_id = $3)
          AND ($4 = '' OR i.region = $4)
          AND CASE WHEN $5 THEN i.trial AND (i.trial_root = $6 OR ($6 IS NULL AND (b.instance_id = $3 OR i.case_id = $7)))
              ELSE NOT i.trial OR b.instance_id = $3 END
          AND ($8::uuid IS NULL OR $5 OR i.case_id IS NULL OR CASE
              WHEN s.case_id IS NOT NULL THEN i.case_id = s.case_id
              WHEN EXISTS (SELECT 1 FROM instance_origin o WHERE o.instance_id = $8)
                THEN i.case_id IN (SELECT o.case_id FROM instance_origin o WHERE o.instance_id = $8)
                  AND ($2 IS NOT NULL OR (SELECT count(*) FROM instance_origin o WHERE o.instance_id = $8) = 1)
              ELSE $2 IS NOT NULL END)
        ORDER BY b.instance_id
        """;

    private const string TriggersSql =
        $"""
        SELECT definition_id, version_id, node_id, region FROM event_trigger
        WHERE hash = $1 AND event_name = $2 AND ($3 = '' OR region IN ($3, '{DefinitionFiles.Shared}')) ORDER BY definition_id
        """;

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly BurstParticipants _participants;
    private readonly QueueWake _wake;

    public EventSpreader(NpgsqlDataSource data, BusinessClock clock, BurstParticipants participants, QueueWake wake)
    {
        _data = data;
        _clock = clock;
        _participants = participants;
        _wake = wake;
    }

    /// <summary>From the queue.</summary>
    public Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct) => DatabaseRetry.RunAsync(() => RunOnceAsync(item, ct), ct);

    /// <summary>From a caller, with those who take part in its transaction.</summary>
    public Task<BurstRun> PublishAsync(PublishEvent e, Guid root, CancellationToken ct) => DatabaseRetry.RunAsync(() => PublishOnceAsync(e, root, ct), ct);

    private async Task<BurstRun> RunOnceAsync(QueueItem item, CancellationToken ct)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var t = await c.BeginTransactionAsync(ct);
        await using (var take = new NpgsqlCommand("SELECT 1 FROM queue WHERE id = $1 AND failed_at IS NULL FOR UPDATE SKIP LOCKED", c, t) { Parameters = { new() { Value = item.Id } } })
        {
            if (await take.ExecuteScalarAsync(ct) is null) return BurstRun.Of(BurstRunKind.ItemGone);
        }

        var now = await _clock.NowAsync(c, ct);
        var queue = new QueueWrites { Root = item.Root ?? item.Id, Turns = item.Turns };
        await SpreadAsync(c, QueuePayloads.Read<QueuePayloads.Event>(item.Payload), item.Region, queue, now, ofRoutine: true, ct);
        await using var batch = new NpgsqlBatch(c, t);
        batch.Add(BurstWriter.DeleteItemSql).With(item.Id);
        queue.AppendTo(batch, now);
        batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync(ct);
        return Done(queue, now);
    }

    private async Task<BurstRun> PublishOnceAsync(PublishEvent e, Guid root, CancellationToken ct)
    {
        var subject = new BurstSubject(e.InstanceId ?? Guid.Empty, e.CaseId, false);
        var scope = new BurstScope(subject, BurstStimulus.Publish) { Region = e.Region ?? "", Trial = e.Trial };
        scope.Queue.Root = root;
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var t = await c.BeginTransactionAsync(ct);
        scope.Now = await _clock.NowAsync(c, ct);
        await using (var reads = new NpgsqlBatch(c, t))
        {
            var readers = BurstParticipants.AppendReads(e.Participants, reads, subject);
            if (readers.Count > 0)
            {
                await using var reader = await reads.ExecuteReaderAsync(ct);
                await BurstParticipants.ReadAsync(readers, reader, scope, ct);
            }
        }

        await BurstParticipants.ReadyAsync(e.Participants, c, scope, ct);

        var origin = e.OfUnits.Count == 0 || e.Trial ? scope.Origin : (scope.Origin ?? new Origin(null, null)) with { Units = e.OfUnits };
        var payload = new QueuePayloads.Event(
            e.Name, e.CorrelationId, e.InstanceId, Values.ToJson(e.Payload), e.CaseId, e.Region, e.StartTriggers, e.Trial, e.TrialRoot, Origin: origin);
        await SpreadAsync(c, payload, scope.Region, scope.Queue, scope.Now, ofRoutine: false, ct);
        if (e.OnlyIfAwaited && scope.Queue.Items.Count == 0) return BurstRun.Of(BurstRunKind.BookmarkNotFound);
        scope.Result = new BurstResult(BurstDisposition.Ran, null!, [], []);
        await using var batch = new NpgsqlBatch(c, t);
        foreach (var p in e.Participants) p.AppendWrites(scope, batch);
        scope.Queue.AppendTo(batch, scope.Now);
        foreach (var p in _participants.With(e.Participants)) p.Arrange(batch);
        batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync(ct);
        _participants.Committed(e.Participants, scope);
        return Done(scope.Queue, scope.Now);
    }

    private BurstRun Done(QueueWrites queue, DateTimeOffset now)
    {
        _wake.Added(queue.Items, now);
        return new BurstRun(BurstRunKind.Committed, null, [.. queue.Items.Where(i => !i.IsOutside && i.Due <= now)]);
    }

    /// <param name="ofRoutine">A routine has sent it, and what it brings may come from a case.</param>
    private static async Task SpreadAsync(
        NpgsqlConnection c, QueuePayloads.Event e, string region, QueueWrites queue, DateTimeOffset now, bool ofRoutine, CancellationToken ct)
    {
        var hash = EventHash.OfEvent(e.Name);
        await using var batch = new NpgsqlBatch(c);
        batch.Add(WaitingSql).With(hash).With(e.CorrelationId).With(e.InstanceId).With(region).With(e.Trial).With(e.TrialRoot).With(e.CaseId)
            .With(ofRoutine ? e.Origin?.Instance : null);
        // A trial that nobody can say which it is starts nothing either.
        if (e is { StartTriggers: true, InstanceId: null } && (!e.Trial || e.TrialRoot is not null)) batch.Add(TriggersSql).With(hash).With(e.Name).With(region);
        await using var r = await batch.ExecuteReaderAsync(ct);
        var payload = QueuePayloads.Write(new QueuePayloads.Resume(e.Payload, null, true, e.Origin));
        while (await r.ReadAsync(ct))
        {
            queue.Add(
                new QueueItem
                {
                    Kind = QueueKind.Resume, Due = now, InstanceId = r.GetGuid(0), BookmarkId = r.GetString(1), Region = r.GetString(2), Trial = r.GetBoolean(3), Payload = payload,
                },
                now);
        }

        if (!await r.NextResultAsync(ct)) return;
        while (await r.ReadAsync(ct))
        {
            var start = new StartWorkflow
            {
                DefinitionId = r.GetString(0), VersionId = r.GetString(1), TriggerNodeId = r.GetString(2), CorrelationId = e.CorrelationId, CaseId = e.CaseId, Trial = e.Trial,
                TrialRoot = e.TrialRoot, Depth = e.Depth ?? 0, KeepsName = ofRoutine, Region = region.Length > 0 ? region : r.GetString(3), Input = TriggerInput(e), Origin = e.Origin,
                Family = e.Family,
            };
            queue.Add(QueueWrites.StartItem(start, now), now);
        }
    }

    /// <summary>What a workflow that an event starts gets: the event's payload, under the name the Event step reads it by.</summary>
    private static Dictionary<string, object?> TriggerInput(QueuePayloads.Event e) =>
        new(StringComparer.Ordinal) { [EventInput] = Values.FromJson(e.Payload) };

    /// <summary>Name of the input that carries an event's payload into the workflow it starts.</summary>
    public const string EventInput = "Payload";
}
