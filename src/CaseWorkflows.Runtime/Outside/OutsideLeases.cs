using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Claims, renews and gives back leases of outside work. Machine time is the database server's: hosts' clocks may differ.</summary>
internal sealed class OutsideLeases
{
    private const string ClaimSql =
        $"""
         UPDATE queue SET lease_owner = $1, lease_until = now() + $2, attempts = attempts + 1, revision = revision + 1
         WHERE id IN (
           SELECT id FROM queue WHERE kind >= 10 AND failed_at IS NULL AND due <= $3 AND (lease_until IS NULL OR lease_until < now())
             AND (not_before IS NULL OR not_before <= now()) ORDER BY due, id LIMIT $4 FOR UPDATE SKIP LOCKED)
         RETURNING {QueueReader.Columns}
         """;

    private readonly NpgsqlDataSource _data;
    private readonly WorkflowRuntimeOptions _options;

    public OutsideLeases(NpgsqlDataSource data, WorkflowRuntimeOptions options)
    {
        _data = data;
        _options = options;
    }

    /// <summary>This host's pump, anew at each start: what an earlier life leased is not ours.</summary>
    public Guid Owner { get; } = Guid.CreateVersion7();

    public async Task<List<QueueItem>> ClaimAsync(DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(ClaimSql, c)
        {
            Parameters = { new() { Value = Owner }, new() { Value = _options.Lease }, new() { Value = now.UtcDateTime }, new() { Value = limit } },
        };
        var items = await QueueReader.ReadAsync(command, ct);
        items.Sort((a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Id.CompareTo(b.Id));
        return items;
    }

    /// <returns>False when the lease is lost: somebody else has the item, or it is gone.</returns>
    public async Task<bool> RenewAsync(QueueItem item, CancellationToken ct)
    {
        await using var command = _data.CreateCommand("UPDATE queue SET lease_until = now() + $4 WHERE id = $1 AND lease_owner = $2 AND attempts = $3");
        command.Parameters.Add(new() { Value = item.Id });
        command.Parameters.Add(new() { Value = Owner });
        command.Parameters.Add(new() { Value = item.Attempts });
        command.Parameters.Add(new() { Value = _options.Lease });
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Gives it back for a later try.</summary>
    public async Task RetryLaterAsync(QueueItem item, TimeSpan delay, string error, CancellationToken ct)
    {
        await using var command = _data.CreateCommand(
            "UPDATE queue SET lease_until = NULL, lease_owner = NULL, not_before = now() + $4, error = $5, revision = revision + 1 WHERE id = $1 AND lease_owner = $2 AND attempts = $3");
        command.Parameters.Add(new() { Value = item.Id });
        command.Parameters.Add(new() { Value = Owner });
        command.Parameters.Add(new() { Value = item.Attempts });
        command.Parameters.Add(new() { Value = delay });
        command.Parameters.Add(new() { Value = error });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Outside work due at that time which some host is trying just now.</summary>
    public async Task<bool> AnyRunningAsync(DateTimeOffset due, CancellationToken ct)
    {
        await using var command = _data.CreateCommand(
            "SELECT EXISTS (SELECT 1 FROM queue WHERE kind >= 10 AND failed_at IS NULL AND due <= $1 AND lease_until > now())");
        command.Parameters.Add(new() { Value = due.UtcDateTime });
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
