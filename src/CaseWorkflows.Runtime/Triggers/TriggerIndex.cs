using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Definitions;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Keeps what starts instances in step with what is published, in the transaction that publishes.</summary>
internal sealed class TriggerIndex : IPublicationListener, ITriggerSchedule
{
    private const string RemoveEventsSql = "DELETE FROM event_trigger WHERE definition_id = $1";

    private const string RemoveSchedulesSql = "DELETE FROM queue WHERE kind = 6 AND starts_with(key, $1) AND due > $2";

    private const string RemoveAskedSql = "DELETE FROM queue WHERE kind = 7 AND failed_at IS NULL RETURNING id";

    private const string InsertEventSql =
        "INSERT INTO event_trigger (definition_id, version_id, node_id, hash, event_name, region) VALUES ($1, $2, $3, $4, $5, $6)";

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly IGraphSource _graphs;
    private readonly TriggerContexts _contexts;
    private readonly TriggerFailures _failures;
    private readonly QueueWake _wake;

    public TriggerIndex(NpgsqlDataSource data, BusinessClock clock, IGraphSource graphs, TriggerContexts contexts, TriggerFailures failures, QueueWake wake)
    {
        _data = data;
        _clock = clock;
        _graphs = graphs;
        _contexts = contexts;
        _failures = failures;
        _wake = wake;
    }

    public async Task ChangedAsync(Publication publication, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await TakeAsync(connection, transaction, cancellationToken);
        var context = publication.Graph is null ? null : await _contexts.AtAsync(publication.At, connection, cancellationToken);
        var planned = await TriggerPlan.ReadAsync(connection, transaction, Prefix(publication.DefinitionId), cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        Append(batch, publication.DefinitionId, publication.Region, publication.Graph, context, publication.At, DateTimeOffset.MinValue, planned);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        _wake.Signal();
    }

    public Task RescheduleAsync(CancellationToken ct = default) => PlanAsync(ct);

    public void Append(NpgsqlBatch batch, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var queue = new QueueWrites();
        queue.Items.Add(new QueueItem { Kind = QueueKind.Reschedule, Due = now, Region = "" });
        queue.AppendTo(batch, now);
    }

    /// <summary>All coming starts anew. What cannot be worked out keeps the starts that it has, and becomes an incident.</summary>
    /// <returns>What failed, by definition.</returns>
    public async Task<IReadOnlyDictionary<string, Exception>> PlanAsync(CancellationToken ct) => (await DatabaseRetry.RunAsync(() => PlanOnceAsync(null, ct), ct))!;

    /// <summary>From the queue: the host that asked for it has not come to it.</summary>
    public async Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct) =>
        BurstRun.Of(await DatabaseRetry.RunAsync(() => PlanOnceAsync(item, ct), ct) is null ? BurstRunKind.ItemGone : BurstRunKind.Committed);

    /// <summary>Takes with it what was asked for until now.</summary>
    /// <returns>Null when the item was carried out already.</returns>
    private async Task<IReadOnlyDictionary<string, Exception>?> PlanOnceAsync(QueueItem? item, CancellationToken ct)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var t = await c.BeginTransactionAsync(ct);

        await TakeAsync(c, t, ct);

        // Before the data is read: what is asked for from here on sees later data, and is carried out by itself.
        var asked = new List<Guid>();
        await using (var remove = new NpgsqlCommand(RemoveAskedSql, c, t))
        await using (var r = await remove.ExecuteReaderAsync(ct))
        {
            while (await r.ReadAsync(ct)) asked.Add(r.GetGuid(0));
        }

        if (item is not null && !asked.Contains(item.Id)) return null;
        var now = await _clock.NowAsync(c, ct);
        var context = await _contexts.AtAsync(now, c, ct);
        var published = new List<(string Id, string Region)>();
        await using (var list = new NpgsqlCommand("SELECT v.definition_id, d.region FROM workflow_definition_version v JOIN workflow_definition d USING (definition_id) WHERE v.is_published", c, t))
        await using (var r = await list.ExecuteReaderAsync(ct))
        {
            while (await r.ReadAsync(ct)) published.Add((r.GetString(0), r.GetString(1)));
        }

        var planned = await TriggerPlan.ReadAsync(c, t, "", ct);
        var failed = new Dictionary<string, Exception>(StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(c, t);
        foreach (var (id, region) in published)
        {
            var graph = await _graphs.FindPublishedAsync(id, ct, c);
            if (graph is { Triggers.Count: > 0 } && AppendOrFail(batch, id, region, graph, context, now, planned) is { } failure) failed.Add(id, failure);
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        await t.CommitAsync(ct);
        _wake.Signal();
        return failed;
    }

    // One routine's expression is no reason for the others, or for the change that they follow, to fail. Nothing here reads or writes.
    private Exception? AppendOrFail(NpgsqlBatch batch, string id, string region, WorkflowGraph graph, TriggerContext context, DateTimeOffset now, TriggerPlan planned)
    {
        var before = batch.BatchCommands.Count;
        try
        {
            Append(batch, id, region, graph, context, now, removeAfter: now, planned);
            TriggerFailures.AppendMended(batch, id);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            while (batch.BatchCommands.Count > before) batch.BatchCommands.RemoveAt(batch.BatchCommands.Count - 1);
            _failures.AppendFailed(batch, graph, region, failure, now);
            return failure;
        }
    }

    /// <summary>Key of a scheduled start in the queue; what comes before the node is what retracting removes by.</summary>
    public static string KeyOf(string definitionId, string nodeId, string key) => $"{Prefix(definitionId)}{nodeId}\n{key}";

    public static QueueItem ItemOf(WorkflowGraph graph, string nodeId, string region, ScheduledOccurrence o) => new()
    {
        Kind = QueueKind.Trigger,
        Due = o.DueAt,
        Key = KeyOf(graph.Definition.DefinitionId, nodeId, o.Key),
        Region = o.Region ?? region,
        Payload = PayloadOf(graph, nodeId, o),
    };

    public static string PayloadOf(WorkflowGraph graph, string nodeId, ScheduledOccurrence o) =>
        QueuePayloads.Write(new QueuePayloads.Trigger(graph.Definition.DefinitionId, graph.Definition.Id, nodeId, o.Key, o.Input.Count == 0 ? null : Values.ToJsonObject(o.Input), o.Interval));

    /// <exception cref="DefinitionException">The trigger's own settings cannot be worked out.</exception>
    private static List<ScheduledOccurrence> Next(IScheduledTrigger trigger, string nodeId, TriggerContext context, DateTimeOffset now)
    {
        try
        {
            return [.. trigger.Next(context, now, null)];
        }
        catch (Exception e) when (e is FormatException or ExpressionException)
        {
            throw DefinitionException.One("$.root", nodeId, "schedule", $"Rutinens nästa start kan inte räknas ut: {e.Message}");
        }
    }

    /// <summary>One at a time: two that reschedule at once, or one that publishes meanwhile, would each insert what the other removes.</summary>
    private static async Task TakeAsync(NpgsqlConnection c, NpgsqlTransaction t, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('caseworkflows.triggers'))", c, t);
        await take.ExecuteNonQueryAsync(ct);
    }

    private static string Prefix(string definitionId) => definitionId + "\n";

    private static void Append(NpgsqlBatch batch, string definitionId, string region, WorkflowGraph? graph, TriggerContext? context, DateTimeOffset now, DateTimeOffset removeAfter, TriggerPlan planned)
    {
        batch.Add(RemoveEventsSql).With(definitionId);
        batch.Add(RemoveSchedulesSql).With(Prefix(definitionId)).With(removeAfter);
        if (graph is null || context is null) return;

        var queue = new QueueWrites();
        foreach (var trigger in graph.Triggers)
        {
            if (trigger is IEventTrigger e && e.EventName(context) is { Length: > 0 } name)
                batch.Add(InsertEventSql).With(definitionId).With(graph.Definition.Id).With(trigger.NodeId).With(EventHash.OfEvent(name)).With(name).With(region);
            if (trigger is not IScheduledTrigger s) continue;
            foreach (var o in Next(s, trigger.NodeId, context, now))
                queue.Items.Add(ItemOf(graph, trigger.NodeId, region, planned.OnBeat(KeyOf(definitionId, trigger.NodeId, o.Key), o, now)));
        }

        queue.AppendTo(batch, now);
    }
}
