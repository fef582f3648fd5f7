using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>A scheduled start that is due: starts the instance and moves the row to the next occurrence, in one transaction.</summary>
internal sealed class TriggerStarter
{
    private const string MoveSql =
        "UPDATE queue SET due = $2, payload = $3::jsonb, region = $4, attempts = 0, failed_at = NULL, not_before = NULL, error = NULL, revision = revision + 1 WHERE id = $1";

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly IGraphSource _graphs;
    private readonly TriggerContexts _contexts;
    private readonly BurstRunner _bursts;
    private readonly TriggerIndex _index;

    public TriggerStarter(NpgsqlDataSource data, BusinessClock clock, IGraphSource graphs, TriggerContexts contexts, BurstRunner bursts, TriggerIndex index)
    {
        _data = data;
        _clock = clock;
        _graphs = graphs;
        _contexts = contexts;
        _bursts = bursts;
        _index = index;
    }

    public async Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct)
    {
        var p = QueuePayloads.Read<QueuePayloads.Trigger>(item.Payload);
        if (p.Key == TriggerFailures.Series) return await PlanAgainAsync(item, p.DefinitionId, ct);
        var graph = await _graphs.FindVersionAsync(p.VersionId, ct) ?? throw new DefinitionNotFoundException($"{p.DefinitionId} ({p.VersionId})");
        if (graph.Find(p.NodeId)?.Activity is not IScheduledTrigger trigger) return await RemoveAsync(item, ct);

        ScheduledOccurrence? next;
        await using (var c = await _data.OpenConnectionAsync(ct)) next = await NextAsync(trigger, p, item.Due, await _clock.NowAsync(c, ct), c, ct);
        var start = new StartWorkflow
        {
            DefinitionId = p.DefinitionId, VersionId = p.VersionId, TriggerNodeId = p.NodeId, Region = item.Region, Trial = item.Trial,
            // The schedule is one beginning, however often it comes.
            Family = item.Id,
            Input = Values.FromJson(p.Input) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
        };
        return await _bursts.StartAsync(
            new StartRequest
            {
                Start = start, Item = item, KeepItem = next is not null, Root = item.Root,
                AppendWrites = (batch, _) =>
                {
                    if (next is not null) AppendMove(batch, item, graph, p.NodeId, next);
                },
            },
            ct);
    }

    /// <summary>This start does not take place; the series goes on with the next, or ends when there is none.</summary>
    /// <returns>Adds the statement that does it.</returns>
    public async Task<Action<NpgsqlBatch>> SkipAsync(QueueItem item, DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct)
    {
        var p = QueuePayloads.Read<QueuePayloads.Trigger>(item.Payload);
        var graph = await _graphs.FindVersionAsync(p.VersionId, ct, connection);
        var next = graph?.Find(p.NodeId)?.Activity is IScheduledTrigger trigger ? await NextAsync(trigger, p, item.Due, now, connection, ct) : null;
        if (next is null) return batch => batch.Add(BurstWriter.DeleteItemSql).With(item.Id);
        return batch => AppendMove(batch, item, graph!, p.NodeId, next);
    }

    /// <summary>The next one comes after now, not after this one: a host that was away for a week starts one, not seven.</summary>
    private async Task<ScheduledOccurrence?> NextAsync(
        IScheduledTrigger trigger, QueuePayloads.Trigger p, DateTimeOffset due, DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct)
    {
        var after = now > due ? now : due;
        return trigger.Next(await _contexts.AtAsync(now, connection, ct), after, p.Key).FirstOrDefault(o => o.Key == p.Key) is { } next
            ? TriggerPlan.OnBeat(next, due, p.Interval, after)
            : null;
    }

    private static void AppendMove(NpgsqlBatch batch, QueueItem item, WorkflowGraph graph, string nodeId, ScheduledOccurrence next) =>
        batch.Add(MoveSql).With(item.Id).With(next.DueAt).With(TriggerIndex.PayloadOf(graph, nodeId, next)).With(next.Region ?? item.Region);

    /// <summary>An operator tries again what could not be planned; planning takes the item away when it succeeds.</summary>
    private async Task<BurstRun> PlanAgainAsync(QueueItem item, string definitionId, CancellationToken ct) =>
        (await _index.PlanAsync(ct)).TryGetValue(definitionId, out var failure)
            ? throw new InvalidOperationException(failure.Message, failure)
            : await RemoveAsync(item, ct);

    private async Task<BurstRun> RemoveAsync(QueueItem item, CancellationToken ct)
    {
        await using var command = _data.CreateCommand(BurstWriter.DeleteItemSql);
        command.Parameters.Add(new() { Value = item.Id });
        await command.ExecuteNonQueryAsync(ct);
        return BurstRun.Of(BurstRunKind.Committed);
    }
}
