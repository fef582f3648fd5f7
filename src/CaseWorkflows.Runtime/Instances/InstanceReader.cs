using CaseWorkflows.Engine.State;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <inheritdoc />
internal sealed class InstanceReader : IInstanceReader
{
    private const string Columns =
        "id, definition_id, version_id, version, status, sub_status, correlation_id, name, case_id, parent_id, region, trial, incident_count, revision, created_at, updated_at, finished_at";

    private const string JournalSql =
        """
        SELECT j.seq, j.data, p.data, p.removed_at IS NOT NULL FROM journal j LEFT JOIN journal_payload p ON p.stream_id = j.stream_id AND p.seq = j.seq
        WHERE j.stream_id = $1 AND j.seq + j.entries > $2 AND j.seq < $3 ORDER BY j.seq
        """;

    private readonly NpgsqlDataSource _data;
    private readonly LargeTotals _totals = new();

    public InstanceReader(NpgsqlDataSource data) => _data = data;

    public async Task<InstancePage> ListAsync(InstanceFilter filter, InstanceOrder order, int skip, int take, CancellationToken ct = default)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        var sql = new InstanceSql(filter, InstanceSql.Searches(filter) ? await LookAsync(c, filter, ct) : null, order.By);
        var known = _totals.Find(sql);
        await using var batch = new NpgsqlBatch(c);
        var count = batch.Add(known is null ? sql.Count : "SELECT 0::bigint");
        if (known is null) sql.AddTo(count.Parameters);
        var key = sql.Key;
        var limit = sql.Put(take, NpgsqlTypes.NpgsqlDbType.Integer);
        var offset = sql.Put(skip, NpgsqlTypes.NpgsqlDbType.Integer);
        // Which ones first, from the index where it can tell; then the rows of those alone.
        var by = InstanceSql.OrderBy(order);
        var list = batch.Add($"SELECT {Columns} FROM instance WHERE id = ANY(ARRAY(SELECT id FROM instance{sql.Where}{by} LIMIT {limit} OFFSET {offset})){by}");
        sql.AddTo(list.Parameters);
        await using var r = await batch.ExecuteReaderAsync(ct);
        await r.ReadAsync(ct);
        var total = known ?? r.GetInt64(0);
        if (known is null) _totals.Keep(key, total);
        await r.NextResultAsync(ct);
        var items = new List<InstanceSummary>();
        while (await r.ReadAsync(ct)) items.Add(Summary(r));
        return new InstancePage(items, total);
    }

    /// <returns>Null when there are too many to name.</returns>
    private static async Task<Guid[]?> LookAsync(NpgsqlConnection c, InstanceFilter filter, CancellationToken ct)
    {
        var (sql, like, text, most) = InstanceSql.Look(filter);
        await using var command = new NpgsqlCommand(sql, c);
        command.Parameters.Add(new() { Value = like });
        command.Parameters.Add(new() { Value = text });
        await using var r = await command.ExecuteReaderAsync(ct);
        var found = new List<Guid>();
        while (await r.ReadAsync(ct)) found.Add(r.GetGuid(0));
        return found.Count > most ? null : [.. found];
    }

    public async Task<long> CountAsync(InstanceFilter filter, CancellationToken ct = default)
    {
        var sql = new InstanceSql(filter);
        await using var command = _data.CreateCommand($"SELECT count(*) FROM instance{sql.Where}");
        sql.AddTo(command.Parameters);
        return await command.ExecuteScalarAsync(ct) as long? ?? 0;
    }

    public async Task<InstanceDetail?> FindAsync(Guid id, CancellationToken ct = default)
    {
        await using var command = _data.CreateCommand($"SELECT {Columns}, state FROM instance WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var r = await command.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct) ? new InstanceDetail(Summary(r), WorkflowState.Deserialize(r.GetFieldValue<byte[]>(17))) : null;
    }

    public async Task<IReadOnlyList<JournalRecord>> JournalAsync(Guid instanceId, int skip = 0, int take = int.MaxValue, CancellationToken ct = default)
    {
        var end = (int)Math.Min(int.MaxValue, (long)skip + take);
        await using var command = _data.CreateCommand(JournalSql);
        command.Parameters.Add(new() { Value = instanceId });
        command.Parameters.Add(new() { Value = skip });
        command.Parameters.Add(new() { Value = end });
        await using var r = await command.ExecuteReaderAsync(ct);
        var records = new List<JournalRecord>();
        while (await r.ReadAsync(ct))
        {
            var row = JournalCodec.Decode(instanceId, r.GetInt32(0), r.GetFieldValue<byte[]>(1), r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2), r.GetBoolean(3));
            records.AddRange(row.Where(e => e.Sequence >= skip && e.Sequence < end));
        }

        return records;
    }

    public async Task<JournalRecord?> LastEntryAsync(Guid instanceId, string activityNodeId, CancellationToken ct = default) =>
        (await JournalAsync(instanceId, ct: ct)).LastOrDefault(e => e.NodeId == activityNodeId);

    public async Task<IReadOnlyList<ActivityExecutionRecord>> ExecutionsAsync(Guid instanceId, string? activityNodeId = null, CancellationToken ct = default) =>
        ActivityExecutions.From((await JournalAsync(instanceId, ct: ct)).Where(e => activityNodeId is null || e.NodeId == activityNodeId));

    public async Task<IReadOnlyList<IncidentRecord>> IncidentsAsync(Guid? instanceId, bool openOnly, int take = 200, CancellationToken ct = default)
    {
        await using var command = _data.CreateCommand(
            """
            SELECT id, instance_id, kind, at, node_id, activity_instance_id, message, detail, resolved_at, resolution, resolved_by, reason, region, trial
            FROM incident WHERE ($1::uuid IS NULL OR instance_id = $1) AND (NOT $2 OR resolved_at IS NULL) ORDER BY id DESC LIMIT $3
            """);
        command.Parameters.Add(new() { Value = (object?)instanceId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = openOnly });
        command.Parameters.Add(new() { Value = take });
        await using var r = await command.ExecuteReaderAsync(ct);
        var records = new List<IncidentRecord>();
        while (await r.ReadAsync(ct))
        {
            records.Add(new IncidentRecord
            {
                Id = r.GetGuid(0), InstanceId = r.GetGuid(1), Kind = r.GetString(2), At = Instant(r, 3)!.Value, NodeId = Text(r, 4), ActivityInstanceId = Text(r, 5),
                Message = r.GetString(6), Detail = Text(r, 7), ResolvedAt = Instant(r, 8), Resolution = Text(r, 9), ResolvedBy = Text(r, 10), Reason = Text(r, 11),
                Region = r.GetString(12), Trial = r.GetBoolean(13),
            });
        }

        return records;
    }

    public async Task<IReadOnlyList<PendingItem>> PendingAsync(Guid instanceId, CancellationToken ct = default)
    {
        await using var command = _data.CreateCommand(
            "SELECT id, kind, bookmark_id, due, not_before, attempts, failed_at IS NOT NULL, error FROM queue WHERE instance_id = $1 ORDER BY due, id");
        command.Parameters.Add(new() { Value = instanceId });
        await using var r = await command.ExecuteReaderAsync(ct);
        var items = new List<PendingItem>();
        while (await r.ReadAsync(ct))
            items.Add(new PendingItem(r.GetGuid(0), ((QueueKind)r.GetInt16(1)).ToString(), Text(r, 2), Instant(r, 3)!.Value, Instant(r, 4), r.GetInt32(5), r.GetBoolean(6), Text(r, 7)));
        return items;
    }

    public async Task<(Guid InstanceId, string BookmarkId)?> FindBookmarkAsync(string name, string key, CancellationToken ct = default)
    {
        await using var command = _data.CreateCommand("SELECT instance_id, id FROM bookmark WHERE hash = $1 LIMIT 1");
        command.Parameters.Add(new() { Value = EventHash.Of(name, key) });
        await using var r = await command.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct) ? (r.GetGuid(0), r.GetString(1)) : null;
    }

    private static InstanceSummary Summary(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0), DefinitionId = r.GetString(1), VersionId = r.GetString(2), Version = r.GetInt32(3), Status = (WorkflowStatus)r.GetInt16(4),
        SubStatus = (WorkflowSubStatus)r.GetInt16(5), CorrelationId = Text(r, 6), Name = Text(r, 7), CaseId = r.IsDBNull(8) ? null : r.GetGuid(8),
        ParentId = r.IsDBNull(9) ? null : r.GetGuid(9), Region = r.GetString(10), Trial = r.GetBoolean(11), IncidentCount = r.GetInt32(12), Revision = r.GetInt32(13),
        CreatedAt = Instant(r, 14)!.Value, UpdatedAt = Instant(r, 15)!.Value, FinishedAt = Instant(r, 16),
    };

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTimeOffset? Instant(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : new DateTimeOffset(r.GetDateTime(column), TimeSpan.Zero);
}
