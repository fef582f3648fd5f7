using System.Text.Json;
using CaseWorkflows.Engine.Execution;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Queue rows that one transaction inserts.</summary>
internal sealed class QueueWrites
{
    private const string InsertSql =
        """
        INSERT INTO queue (id, due, created_at, root, instance_id, kind, trial, region, bookmark_id, key, payload, turns)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12) ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
        """;

    // What waits for less goes round as fast as the machine can.
    private static readonly TimeSpan SomeTime = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public List<QueueItem> Items { get; } = [];

    /// <summary>The call that waits for what is due at once.</summary>
    public Guid? Root { get; set; }

    /// <summary>See <see cref="QueueItem.Turns"/>: those before the item that is carried out, itself included.</summary>
    public int Turns { get; set; }

    public void Add(QueueItem item, DateTimeOffset now)
    {
        var turns = item.Due - now >= SomeTime ? 0 : Turns + (item.Kind is QueueKind.Timer or QueueKind.Event or QueueKind.Job ? 1 : 0);
        Items.Add(item with { Turns = turns, Root = item.Due <= now && !item.IsOutside ? Root : item.Root });
    }

    public Guid AddOutbox(BurstScope scope, string kind, object payload, DateTimeOffset due, string? key)
    {
        var item = new QueueItem
        {
            Kind = QueueKind.Outbox,
            Due = due,
            InstanceId = scope.Stimulus == BurstStimulus.Publish ? null : scope.InstanceId,
            Region = scope.Region,
            Trial = scope.Trial,
            Key = key is null ? null : $"{kind}:{key}",
            Payload = QueuePayloads.Write(new QueuePayloads.Outbox(kind, JsonSerializer.SerializeToElement(payload, Json))),
        };
        Items.Add(item);
        return item.Id;
    }

    /// <summary>Whatever the event says, it goes no further than the region and the trial of the burst that sends it.</summary>
    public void AddEvent(BurstScope scope, PublishEvent e, int depth) => Add(
        new QueueItem
        {
            Kind = QueueKind.Event,
            Due = scope.Now,
            Region = scope.Region,
            Trial = scope.Trial,
            Payload = QueuePayloads.Write(new QueuePayloads.Event(
                e.Name, e.CorrelationId, e.InstanceId, Values.ToJson(e.Payload), e.CaseId ?? (scope.Trial ? scope.CaseId : null), e.Region,
                e.StartTriggers, scope.Trial, scope.TrialRoot, depth == 0 ? null : depth, scope.Origin, scope.Family)),
        },
        scope.Now);

    /// <summary>The same for what the burst starts.</summary>
    public void AddStart(BurstScope scope, StartWorkflow s) =>
        Add(StartItem(s with { Region = scope.Region, Trial = scope.Trial, TrialRoot = scope.TrialRoot, Depth = scope.Depth + 1, Origin = scope.Origin, Family = scope.Family }, scope.Now), scope.Now);

    public static QueueItem StartItem(StartWorkflow s, DateTimeOffset due) => new()
    {
        Kind = QueueKind.Start,
        Due = due,
        InstanceId = s.InstanceId,
        Region = s.Region,
        Trial = s.Trial,
        Payload = QueuePayloads.Write(new QueuePayloads.Start(
            s.DefinitionId, s.Version, s.VersionId, s.CorrelationId, s.CaseId, s.Input.Count == 0 ? null : Values.ToJsonObject(s.Input),
            s.TriggerNodeId, s.ParentInstanceId, s.ParentBookmarkId, s.Name, s.TrialRoot, s.KeepsName ? true : null, s.Depth == 0 ? null : s.Depth, s.Origin, s.Family)),
    };

    public void AppendTo(NpgsqlBatch batch, DateTimeOffset now)
    {
        foreach (var i in Items)
        {
            batch.Add(InsertSql)
                .With(i.Id).With(i.Due).With(now).With(i.Root).With(i.InstanceId).With((short)i.Kind).With(i.Trial).With(i.Region)
                .With(i.BookmarkId).With(i.Key).With(i.Payload).With(i.Turns);
        }
    }
}
