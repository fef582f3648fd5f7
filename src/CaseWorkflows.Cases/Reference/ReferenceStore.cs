using System.Text.Json.Nodes;
using Npgsql;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Holds this host's snapshot of the reference data and reads it anew when the database has a later version. Safe for concurrent use.</summary>
public sealed class ReferenceStore(NpgsqlDataSource database) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile ReferenceSnapshot _current = ReferenceSnapshot.Empty;

    /// <summary>The snapshot in memory; may be behind the database.</summary>
    public ReferenceSnapshot Current => _current;

    /// <summary>The snapshot of the database's present version; one round trip when nothing has changed.</summary>
    public async ValueTask<ReferenceSnapshot> FreshAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT version FROM reference_version");
        return await AtLeastAsync((long)(await command.ExecuteScalarAsync(ct))!, ct);
    }

    /// <summary>A snapshot of at least that (committed) version.</summary>
    public async ValueTask<ReferenceSnapshot> AtLeastAsync(long version, CancellationToken ct)
    {
        if (_current.Version >= version) return _current;
        await _loading.WaitAsync(ct);
        try
        {
            if (_current.Version < version) _current = await LoadAsync(ct);
            return _current;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<ReferenceSnapshot> LoadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        // One statement: version and rows of the same moment.
        await using var command = new NpgsqlCommand("""
            SELECT (SELECT version FROM reference_version), kind, id, valid_from, valid_to, region, data::text, revision FROM reference
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<ReferenceRow>();
        var version = 0L;
        while (await reader.ReadAsync(ct))
        {
            version = reader.GetInt64(0);
            rows.Add(new ReferenceRow(
                reader.GetString(1), reader.GetString(2), ReadInstant(reader, 3) ?? DateTimeOffset.MinValue, ReadInstant(reader, 4),
                reader.IsDBNull(5) ? null : reader.GetString(5), (JsonObject)JsonNode.Parse(reader.GetString(6))!, reader.GetInt32(7)));
        }

        return new ReferenceSnapshot(version, rows);
    }

    // "-infinity" (valid from the beginning) comes as DateTime.MinValue, which has no offset to convert with.
    private static DateTimeOffset? ReadInstant(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null
        : reader.GetDateTime(column) is var time && time == DateTime.MinValue ? DateTimeOffset.MinValue
        : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
