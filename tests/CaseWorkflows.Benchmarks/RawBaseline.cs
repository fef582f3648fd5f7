using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Benchmarks;

/// <summary>
/// The same bytes into the same tables and indexes by hand-made SQL, without the engine: one batch for a start; lock-and-read and one batch
/// for a resume. The bytes are those that the runtime itself wrote for one instance of the workflow.
/// </summary>
internal sealed class RawBaseline
{
    private readonly NpgsqlDataSource _data;
    private readonly Instance _waiting;
    private readonly Instance _finished;
    private readonly Journal _first;
    private readonly Journal _second;
    private readonly (string Id, long Hash) _bookmark;

    private RawBaseline(NpgsqlDataSource data, Instance waiting, Instance finished, Journal first, Journal second, (string Id, long Hash) bookmark)
    {
        _data = data;
        _waiting = waiting;
        _finished = finished;
        _first = first;
        _second = second;
        _bookmark = bookmark;
    }

    public static async Task<RawBaseline> FromAsync(BenchmarkHost host)
    {
        var waiting = await host.StartInstanceAsync();
        var data = host.Data;
        var before = await ReadInstanceAsync(data, waiting.InstanceId);
        var hash = await ScalarAsync<long>(data, "SELECT hash FROM bookmark WHERE instance_id = $1", waiting.InstanceId);
        await host.ResumeAsync(waiting);
        var after = await ReadInstanceAsync(data, waiting.InstanceId);
        var journal = await ReadJournalAsync(data, waiting.InstanceId);
        return new RawBaseline(data, before, after, journal[0], journal[1], (waiting.BookmarkId, hash));
    }

    public async Task<Guid> StartAsync()
    {
        var id = Guid.CreateVersion7();
        var now = DateTime.UtcNow;
        await using var c = await _data.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(c);
        Add(
            batch,
            """
            INSERT INTO instance (id, created_at, updated_at, version, journal_seq, status, sub_status, trial, has_queue, definition_id, version_id, region, journal_head, state)
            VALUES ($1, $2, $2, $3, $4, $5, $6, false, false, $7, $8, $9, $10, $11)
            """,
            id, now, _waiting.Version, _waiting.JournalSeq, _waiting.Status, _waiting.SubStatus, _waiting.DefinitionId, _waiting.VersionId, "VGR", _waiting.Head, _waiting.State);
        AddJournal(batch, id, now, _first);
        Add(batch, "INSERT INTO bookmark (instance_id, hash, id) VALUES ($1, $2, $3)", id, _bookmark.Hash, _bookmark.Id);
        await batch.PrepareHotAsync(CancellationToken.None);
        await batch.ExecuteNonQueryAsync();
        return id;
    }

    public async Task ResumeAsync(Guid id)
    {
        var now = DateTime.UtcNow;
        await using var c = await _data.OpenConnectionAsync();
        await using (var batch = new NpgsqlBatch(c))
        {
            Add(batch, "BEGIN");
            Add(
                batch,
                "SELECT definition_id, version_id, version, case_id, parent_id, parent_bookmark_id, region, trial, has_queue, journal_seq, journal_head, state FROM instance WHERE id = $1 FOR UPDATE",
                id);
            await batch.PrepareHotAsync(CancellationToken.None);
            await using var reader = await batch.ExecuteReaderAsync();
            if (!await reader.ReadAsync()) throw new InvalidOperationException("The raw instance is gone.");
            _ = reader.GetFieldValue<byte[]>(11);
        }

        await using (var batch = new NpgsqlBatch(c))
        {
            AddJournal(batch, id, now, _second);
            Add(
                batch,
                "UPDATE instance SET updated_at = $2, finished_at = $2, revision = revision + 1, journal_seq = $3, status = $4, sub_status = $5, journal_head = $6, state = $7 WHERE id = $1",
                id, now, _finished.JournalSeq, _finished.Status, _finished.SubStatus, _finished.Head, _finished.State);
            Add(batch, "DELETE FROM bookmark WHERE instance_id = $1 AND id = $2", id, _bookmark.Id);
            Add(batch, "COMMIT");
            await batch.PrepareHotAsync(CancellationToken.None);
            await batch.ExecuteNonQueryAsync();
        }
    }

    private static void AddJournal(NpgsqlBatch batch, Guid id, DateTime now, Journal j)
    {
        Add(
            batch, "INSERT INTO journal (stream_id, at, seq, entries, trial, region, hash, payload_digest, data) VALUES ($1, $2, $3, $4, false, $5, $6, $7, $8)",
            id, now, j.Seq, j.Entries, "VGR", j.Hash, j.Digest, j.Data);
        if (j.Payload is not null) Add(batch, "INSERT INTO journal_payload (stream_id, seq, trial, region, salt, data) VALUES ($1, $2, false, $3, $4, $5)", id, j.Seq, "VGR", j.Salt, j.Payload);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var v in values)
        {
            command.Parameters.Add(v switch
            {
                Guid g => new NpgsqlParameter<Guid> { TypedValue = g },
                DateTime d => new NpgsqlParameter<DateTime> { TypedValue = d },
                int i => new NpgsqlParameter<int> { TypedValue = i },
                short s => new NpgsqlParameter<short> { TypedValue = s },
                long l => new NpgsqlParameter<long> { TypedValue = l },
                string t => new NpgsqlParameter<string> { TypedValue = t },
                byte[] b => new NpgsqlParameter<byte[]> { TypedValue = b },
                _ => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
            });
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task<Instance> ReadInstanceAsync(NpgsqlDataSource data, Guid id)
    {
        await using var command = data.CreateCommand("SELECT version, journal_seq, status, sub_status, definition_id, version_id, journal_head, state FROM instance WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var r = await command.ExecuteReaderAsync();
        await r.ReadAsync();
        return new Instance(
            r.GetInt32(0), r.GetInt32(1), r.GetInt16(2), r.GetInt16(3), r.GetString(4), r.GetString(5), r.GetFieldValue<byte[]>(6), r.GetFieldValue<byte[]>(7));
    }

    private static async Task<List<Journal>> ReadJournalAsync(NpgsqlDataSource data, Guid id)
    {
        await using var command = data.CreateCommand(
            """
            SELECT j.seq, j.entries, j.hash, j.payload_digest, j.data, p.salt, p.data FROM journal j
            LEFT JOIN journal_payload p ON p.stream_id = j.stream_id AND p.seq = j.seq WHERE j.stream_id = $1 ORDER BY j.seq
            """);
        command.Parameters.Add(new() { Value = id });
        await using var r = await command.ExecuteReaderAsync();
        var rows = new List<Journal>();
        while (await r.ReadAsync())
        {
            rows.Add(new Journal(
                r.GetInt32(0), r.GetInt32(1), r.GetFieldValue<byte[]>(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3), r.GetFieldValue<byte[]>(4),
                r.IsDBNull(5) ? null : r.GetFieldValue<byte[]>(5), r.IsDBNull(6) ? null : r.GetFieldValue<byte[]>(6)));
        }

        return rows;
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource data, string sql, Guid id)
    {
        await using var command = data.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Instance(int Version, int JournalSeq, short Status, short SubStatus, string DefinitionId, string VersionId, byte[] Head, byte[] State);

    private sealed record Journal(int Seq, int Entries, byte[] Hash, byte[]? Digest, byte[] Data, byte[]? Salt, byte[]? Payload);
}
