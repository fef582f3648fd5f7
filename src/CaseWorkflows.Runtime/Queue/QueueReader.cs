using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Reads queue rows.</summary>
internal static class QueueReader
{
    public const string Columns = "id, kind, due, root, instance_id, bookmark_id, key, payload, attempts, lease_owner, region, trial, coalesce(not_before > now(), false), turns";

    // What can be done now: not parked, and not waiting (in machine time) for its next try.
    private const string Ready = "failed_at IS NULL AND (not_before IS NULL OR not_before <= now())";

    private const string DueSql = $"SELECT {Columns} FROM queue WHERE kind < 10 AND {Ready} AND due <= $1 ORDER BY due, id LIMIT $2";

    // Parked, or held until its instance is mended: nothing more comes of it by itself.
    private const string Standing = "failed_at IS NULL AND not_before IS DISTINCT FROM 'infinity'";

    private const string RootSql = $"SELECT {Columns} FROM queue WHERE root = $1 AND kind < 10 AND {Standing} ORDER BY due, id LIMIT 64";

    private const string DelayedSql = $"SELECT EXISTS (SELECT 1 FROM queue WHERE kind < 10 AND {Standing} AND not_before > now() AND due <= $1)";

    // Where the first try is the last one too, it is kept out of sight as QueueTries does it.
    private const string CountFirstSql =
        $"""
         UPDATE queue SET attempts = 1, not_before = CASE WHEN $3 <= 1 THEN now() + $4 END
         WHERE id IN (SELECT id FROM queue WHERE kind < 10 AND {Ready} AND due <= $1 AND attempts = 0 ORDER BY due, id LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING {Columns}
         """;

    /// <summary>What is due, with the first try counted of what has not been tried before.</summary>
    public static async Task<List<QueueItem>> TakeDueAsync(NpgsqlConnection c, DateTimeOffset now, int limit, WorkflowRuntimeOptions options, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(c);
        batch.Add(CountFirstSql).With(now).With(limit).With(options.MaxItemAttempts).With(options.Lease);
        batch.Add(DueSql).With(now).With(limit);
        await using var r = await batch.ExecuteReaderAsync(ct);
        var items = (await ReadAsync(r, ct)).ConvertAll(i => i with { IsCounted = true });
        var counted = items.ConvertAll(i => i.Id).ToHashSet();
        await r.NextResultAsync(ct);
        items.AddRange((await ReadAsync(r, ct)).Where(i => !counted.Contains(i.Id)));
        return [.. items.OrderBy(i => i.Due).ThenBy(i => i.Id)];
    }

    public static async Task<List<QueueItem>> DueAsync(NpgsqlConnection c, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DueSql, c) { Parameters = { new() { Value = now.UtcDateTime }, new() { Value = limit } } };
        return await ReadAsync(command, ct);
    }

    /// <summary>Whether something due has failed and waits for its next try.</summary>
    public static async Task<bool> AnyDelayedAsync(NpgsqlConnection c, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DelayedSql, c) { Parameters = { new() { Value = now.UtcDateTime } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>All that a call still has to wait for, with what waits for its next try.</summary>
    public static async Task<List<QueueItem>> OfRootAsync(NpgsqlConnection c, Guid root, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RootSql, c) { Parameters = { new() { Value = root } } };
        return await ReadAsync(command, ct);
    }

    public static async Task<List<QueueItem>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var r = await command.ExecuteReaderAsync(ct);
        return await ReadAsync(r, ct);
    }

    private static async Task<List<QueueItem>> ReadAsync(NpgsqlDataReader r, CancellationToken ct)
    {
        var items = new List<QueueItem>();
        while (await r.ReadAsync(ct))
        {
            items.Add(new QueueItem
            {
                Id = r.GetGuid(0),
                Kind = (QueueKind)r.GetInt16(1),
                Due = new DateTimeOffset(r.GetDateTime(2), TimeSpan.Zero),
                Root = r.IsDBNull(3) ? null : r.GetGuid(3),
                InstanceId = r.IsDBNull(4) ? null : r.GetGuid(4),
                BookmarkId = r.IsDBNull(5) ? null : r.GetString(5),
                Key = r.IsDBNull(6) ? null : r.GetString(6),
                Payload = r.IsDBNull(7) ? null : r.GetString(7),
                Attempts = r.GetInt32(8),
                LeaseOwner = r.IsDBNull(9) ? null : r.GetGuid(9),
                Region = r.GetString(10),
                Trial = r.GetBoolean(11),
                IsDelayed = r.GetBoolean(12),
                Turns = r.GetInt32(13),
            });
        }

        return items;
    }
}
