using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Engine.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Holds this host's snapshot of the reference data and reads it anew when the database has a later version. Safe for concurrent use.</summary>
public sealed class ReferenceStore(NpgsqlDataSource database, ILogger<ReferenceStore>? log = null) : IDisposable
{
    private const int MostTold = 10_000;

    private readonly ConcurrentDictionary<(string Kind, string Id, string Message), bool> _told = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile ReferenceSnapshot _current = ReferenceSnapshot.Empty;

    /// <summary>The snapshot in memory; may be behind the database.</summary>
    public ReferenceSnapshot Current => _current;

    /// <summary>The snapshot of the database's present version; one round trip when nothing has changed.</summary>
    public async ValueTask<ReferenceSnapshot> FreshAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        return await FreshAsync(connection, ct);
    }

    /// <summary>The same, on a connection that the caller holds.</summary>
    public async ValueTask<ReferenceSnapshot> FreshAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM reference_version", connection);
        return await AtLeastAsync((long)(await command.ExecuteScalarAsync(ct))!, connection, ct);
    }

    /// <summary>A snapshot of at least that (committed) version, for a caller that holds no connection.</summary>
    public async ValueTask<ReferenceSnapshot> AtLeastAsync(long version, CancellationToken ct)
    {
        if (_current.Version >= version) return _current;
        await using var connection = await database.OpenConnectionAsync(ct);
        return await AtLeastAsync(version, connection, ct);
    }

    /// <summary>A snapshot of at least that (committed) version.</summary>
    /// <param name="connection">Nothing is read on it just now. Whoever waits here holds one already: the one who loads must not wait for another.</param>
    public async ValueTask<ReferenceSnapshot> AtLeastAsync(long version, NpgsqlConnection connection, CancellationToken ct)
    {
        if (_current.Version >= version) return _current;
        await _loading.WaitAsync(ct);
        try
        {
            if (_current.Version < version) _current = await LoadAsync(connection, ct);
            return _current;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<ReferenceSnapshot> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // One statement: version and rows of the same moment. Times outside the program's calendar are its ends.
        await using var command = new NpgsqlCommand($"""
            SELECT (SELECT version FROM reference_version), kind, id, {Clamped("valid_from")}, {Clamped("valid_to")}, region, data::text, revision, fault, {Clamped("changed_at")}
            FROM reference
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<ReferenceRow>();
        var unread = new List<ReferenceFault>();
        var version = 0L;
        while (await reader.ReadAsync(ct))
        {
            version = reader.GetInt64(0);
            var (kind, id, from, region) = (reader.GetString(1), reader.GetString(2), ReadInstant(reader, 3) ?? DateTimeOffset.MinValue, reader.Text(5));
            if (Parse(reader.GetString(6)) is { } data)
                rows.Add(new ReferenceRow(kind, id, from, ReadInstant(reader, 4), region, data, reader.GetInt32(7))
                {
                    Fault = reader.Text(8), ChangedAt = ReadInstant(reader, 9) ?? DateTimeOffset.MinValue
                });
            else
                unread.Add(new ReferenceFault(kind, id, region, from, reader.Text(8) ?? "Raden är inget objekt."));
        }

        return new ReferenceSnapshot(version, rows, unread, Tell);
    }

    // Each fault once per process: a view is made at every change and at every instant where something begins or ends.
    private void Tell(ReferenceView view)
    {
        foreach (var fault in view.Faults)
        {
            if (!_told.TryAdd((fault.Kind, fault.Id, fault.Message), true)) continue;
            if (_told.Count > MostTold) _told.Clear();
            if (fault.LeftOut) log?.LogError("Reference data: {Kind} {Id} is left out: {Message}", fault.Kind, fault.Id, fault.Message);
            else log?.LogWarning("Reference data: {Kind} {Id}: {Message}", fault.Kind, fault.Id, fault.Message);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            // Compared in composed form, whatever it was stored in.
            return SoundText.Of(JsonNode.Parse(text)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;   // deeper than JSON is read here
        }
    }

    private static string Clamped(string column) =>
        $"CASE WHEN {column} < '0001-01-02+00' THEN '-infinity' WHEN {column} > '9999-12-30+00' THEN 'infinity' ELSE {column} END";

    // "-infinity" (valid from the beginning) comes as DateTime.MinValue, which has no offset to convert with.
    private static DateTimeOffset? ReadInstant(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null
        : reader.GetDateTime(column) is var time && time == DateTime.MinValue ? DateTimeOffset.MinValue
        : time == DateTime.MaxValue ? DateTimeOffset.MaxValue
        : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
