using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Reads queue rows.</summary>
internal static class QueueReader
{
    public const string Columns = "id, kind, due, root, instance_id, bookmark_id, key, payload, attempts, lease_owner, region, trial";

    // What can be done now: not parked, and not waiting (in machine time) for its next try.
    private const string Ready = "failed_at IS NULL AND (not_before IS NULL OR not_before <= now())";

    private const string DueSql = $"SELECT {Columns} FROM queue WHERE kind < 10 AND {Ready} AND due <= $1 ORDER BY due, id LIMIT $2";

    private const string RootSql = $"SELECT {Columns} FROM queue WHERE root = $1 AND kind < 10 AND {Ready} ORDER BY due, id LIMIT 64";

    public static async Task<List<QueueItem>> DueAsync(NpgsqlConnection c, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(DueSql, c) { Parameters = { new() { Value = now.UtcDateTime }, new() { Value = limit } } };
        return await ReadAsync(command, ct);
    }

    public static async Task<List<QueueItem>> OfRootAsync(NpgsqlConnection c, Guid root, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RootSql, c) { Parameters = { new() { Value = root } } };
        return await ReadAsync(command, ct);
    }

    public static async Task<List<QueueItem>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var r = await command.ExecuteReaderAsync(ct);
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
            });
        }

        return items;
    }
}
