using System.Collections.Concurrent;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Counts tries before they are made, so that an item that ends its host has used one. The first tries of what is due are counted in the
/// round trip that reads them; a later one, of an item that has failed or was under way when a host died, by itself.
/// </summary>
internal sealed class QueueTries
{
    // The last try is out of everybody's sight for as long as a lease: else whoever looked before it has locked its row would take the tries
    // for used up by a host that died.
    private const string CountSql =
        """
        UPDATE queue SET attempts = attempts + 1, not_before = CASE WHEN attempts + 1 >= $3 THEN now() + $4 END
        WHERE id = (SELECT id FROM queue WHERE id = $1 AND attempts = $2 AND failed_at IS NULL AND (attempts < $3 OR not_before IS NULL OR not_before = '-infinity') FOR UPDATE SKIP LOCKED)
        RETURNING 1
        """;

    // The last try has been out of sight for as long as a lease. One that was given back, or that an operator has ordered, has not been made.
    internal const string UsedUp = "failed_at IS NULL AND not_before <= now() AND not_before <> '-infinity'";

    private const string UsedUpSql = $"SELECT 1 FROM queue WHERE id = $1 AND attempts = $2 AND attempts >= $3 AND {UsedUp} FOR UPDATE SKIP LOCKED";

    // An operator's try, beyond the last, is one again (see ParkedItems); what waits until its instance is mended goes on waiting.
    private const string GiveBackSql =
        """
        UPDATE queue SET attempts = attempts - 1,
          not_before = CASE WHEN not_before = 'infinity' OR attempts < $2 THEN not_before WHEN attempts > $2 THEN timestamptz '-infinity' END
        WHERE id = ANY($1) AND attempts > 0 AND failed_at IS NULL AND lease_owner IS NULL
        """;

    private readonly ConcurrentDictionary<Guid, bool> _owed = new();
    private readonly NpgsqlDataSource _data;
    private readonly QueueFailures _failures;
    private readonly WorkflowRuntimeOptions _options;

    public QueueTries(NpgsqlDataSource data, QueueFailures failures, WorkflowRuntimeOptions options)
    {
        _data = data;
        _failures = failures;
        _options = options;
    }

    /// <returns>The item with its try counted; null when somebody else has it, or its tries were used up by hosts that died: then it is parked.</returns>
    public async Task<QueueItem?> CountAsync(QueueItem item, CancellationToken ct)
    {
        if (await AnyAsync(CountSql, item, ct)) return item with { Attempts = item.Attempts + 1, IsCounted = true };
        if (item.Attempts >= _options.MaxItemAttempts && await AnyAsync(UsedUpSql, item, ct))
            await _failures.NoteAsync(item with { IsCounted = true }, new HostDiedException(item.Attempts), ct);
        return null;
    }

    private async Task<bool> AnyAsync(string sql, QueueItem item, CancellationToken ct)
    {
        await using var command = _data.CreateCommand(sql);
        command.Parameters.Add(new() { Value = item.Id });
        command.Parameters.Add(new() { Value = item.Attempts });
        command.Parameters.Add(new() { Value = _options.MaxItemAttempts });
        if (sql == CountSql) command.Parameters.Add(new() { Value = _options.Lease });
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>A try that is counted, until it is made: this host lives, and gives it back with the next <see cref="PayBackAsync"/>.</summary>
    public void Owe(Guid item) => _owed[item] = true;

    public void Made(Guid item) => _owed.TryRemove(item, out _);

    /// <summary>Tries that were counted and not made, because the instance was busy or the database went away.</summary>
    public async Task PayBackAsync(CancellationToken ct)
    {
        if (_owed.IsEmpty) return;
        Guid[] owed = [.. _owed.Keys];
        await GiveBackAsync(owed, ct);
        foreach (var id in owed) Made(id);
    }

    /// <summary>They were counted, and not tried.</summary>
    public async Task GiveBackAsync(IReadOnlyCollection<Guid> items, CancellationToken ct)
    {
        if (items.Count == 0) return;
        await using var command = _data.CreateCommand(GiveBackSql);
        command.Parameters.Add(new() { Value = items.ToArray() });
        command.Parameters.Add(new() { Value = _options.MaxItemAttempts });
        await command.ExecuteNonQueryAsync(ct);
    }
}
