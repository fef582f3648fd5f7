using CaseWorkflows.Engine.Graph;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Routines whose coming starts cannot be worked out: what stands in the queue stands, and an operator is told. The incident has an item of its
/// own in the queue, parked, which plans anew when it is tried again; it goes when the plan succeeds, or with a new publication.
/// </summary>
internal sealed class TriggerFailures
{
    /// <summary>The series of such an item; a trigger's own series never has this name.</summary>
    public const string Series = "\n";

    private const string ParkSql =
        """
        WITH parked AS (
          INSERT INTO queue (id, due, created_at, failed_at, kind, trial, region, key, payload, attempts, error)
          VALUES ($1, $2, $2, now(), 6, false, $3, $4, $5::jsonb, $6, $7) ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
          RETURNING id, region, attempts, kind, payload)
        INSERT INTO incident (id, instance_id, at, trial, region, kind, queue_id, message, detail, tries, item_kind, definition_id, version_id)
        SELECT $8, p.id, $2, false, p.region, 'Queue', p.id, $7, $9, 1, p.kind, p.payload ->> 'definitionId', p.payload ->> 'versionId' FROM parked p
        """;

    private const string MendedSql = "DELETE FROM queue WHERE kind = 6 AND key = $1";

    private readonly WorkflowRuntimeOptions _options;

    public TriggerFailures(WorkflowRuntimeOptions options) => _options = options;

    public void AppendFailed(NpgsqlBatch batch, WorkflowGraph graph, string region, Exception failure, DateTimeOffset now) =>
        batch.Add(ParkSql).With(Guid.CreateVersion7()).With(now).With(region).With(KeyOf(graph.Definition.DefinitionId))
            .With(QueuePayloads.Write(new QueuePayloads.Trigger(graph.Definition.DefinitionId, graph.Definition.Id, graph.Triggers[0].NodeId, Series, null, null)))
            .With(_options.MaxItemAttempts).With(failure.Message).With(Guid.CreateVersion7()).With(failure.GetType().FullName ?? "");

    public static void AppendMended(NpgsqlBatch batch, string definitionId) => batch.Add(MendedSql).With(KeyOf(definitionId));

    private static string KeyOf(string definitionId) => TriggerIndex.KeyOf(definitionId, "", Series);
}
