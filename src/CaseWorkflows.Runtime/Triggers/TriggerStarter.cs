using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>A scheduled start that is due: starts the instance and moves the row to the next occurrence, in one transaction.</summary>
internal sealed class TriggerStarter
{
    private const string MoveSql =
        "UPDATE queue SET due = $2, payload = $3::jsonb, region = $4, attempts = 0, not_before = NULL, error = NULL, revision = revision + 1 WHERE id = $1";

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;
    private readonly IGraphSource _graphs;
    private readonly TriggerContexts _contexts;
    private readonly BurstRunner _bursts;

    public TriggerStarter(NpgsqlDataSource data, BusinessClock clock, IGraphSource graphs, TriggerContexts contexts, BurstRunner bursts)
    {
        _data = data;
        _clock = clock;
        _graphs = graphs;
        _contexts = contexts;
        _bursts = bursts;
    }

    public async Task<BurstRun> RunAsync(QueueItem item, CancellationToken ct)
    {
        var p = QueuePayloads.Read<QueuePayloads.Trigger>(item.Payload);
        var graph = await _graphs.FindVersionAsync(p.VersionId, ct) ?? throw new DefinitionNotFoundException($"{p.DefinitionId} ({p.VersionId})");
        if (graph.Find(p.NodeId)?.Activity is not IScheduledTrigger trigger) return await RemoveAsync(item, ct);

        // The next one comes after now, not after this one: a host that was away for a week starts one, not seven.
        var now = await _clock.NowAsync(ct);
        var after = now > item.Due ? now : item.Due;
        var next = trigger.Next(await _contexts.AtAsync(now, ct), after, p.Key).Where(o => o.Key == p.Key).Cast<ScheduledOccurrence?>().FirstOrDefault();
        var start = new StartWorkflow
        {
            DefinitionId = p.DefinitionId, VersionId = p.VersionId, TriggerNodeId = p.NodeId, Region = item.Region, Trial = item.Trial,
            Input = Values.FromJson(p.Input) as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
        };
        return await _bursts.StartAsync(
            new StartRequest
            {
                Start = start, Item = item, KeepItem = next is not null, Root = item.Root,
                AppendWrites = (batch, _) =>
                {
                    if (next is not null) batch.Add(MoveSql).With(item.Id).With(next.DueAt).With(TriggerIndex.PayloadOf(graph, p.NodeId, next)).With(next.Region ?? item.Region);
                },
            },
            ct);
    }

    private async Task<BurstRun> RemoveAsync(QueueItem item, CancellationToken ct)
    {
        await using var command = _data.CreateCommand(BurstWriter.DeleteItemSql);
        command.Parameters.Add(new() { Value = item.Id });
        await command.ExecuteNonQueryAsync(ct);
        return BurstRun.Of(BurstRunKind.Committed);
    }
}
