using System.Data;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <inheritdoc />
internal sealed class JournalVerifier : IJournalVerifier
{
    private const int MaxProblems = 1000;

    private const string RowsSql =
        """
        SELECT j.stream_id, j.seq, j.entries, j.at, j.hash, j.payload_digest, j.data, p.salt, p.data, p.removed_at IS NOT NULL, p.stream_id IS NOT NULL
        FROM journal j LEFT JOIN journal_payload p ON p.stream_id = j.stream_id AND p.seq = j.seq ORDER BY j.stream_id, j.seq
        """;

    private const string HeadsSql = "SELECT id, journal_seq, journal_head FROM instance ORDER BY id";

    private readonly NpgsqlDataSource _data;
    private readonly BusinessClock _clock;

    public JournalVerifier(NpgsqlDataSource data, BusinessClock clock)
    {
        _data = data;
        _clock = clock;
    }

    public async Task<JournalVerification> VerifyAsync(CancellationToken ct = default)
    {
        await using var c = await _data.OpenConnectionAsync(ct);
        await using var t = await c.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var walk = new Walk();
        await HeadsAsync(c, walk, ct);
        await RowsAsync(c, walk, ct);
        walk.Finish();
        await JournalAnchors.VerifyAsync(c, walk.Report, ct);
        return new JournalVerification(walk.Streams, walk.Rows, walk.Entries, walk.Tombstones, await JournalAnchors.CountAsync(c, ct), walk.Problems);
    }

    public async Task<int> RemoveDataAsync(Guid instanceId, string by, string reason, CancellationToken ct = default)
    {
        var now = await _clock.NowAsync(ct);
        await using var command = _data.CreateCommand("SELECT remove_journal_payload($1, NULL, $2, $3, $4)");
        command.Parameters.Add(new() { Value = instanceId });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = reason });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        return await command.ExecuteScalarAsync(ct) as int? ?? 0;
    }

    private static async Task HeadsAsync(NpgsqlConnection c, Walk walk, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(HeadsSql, c) { CommandTimeout = 0 };
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct)) walk.Heads.Add(r.GetGuid(0), (r.GetInt32(1), r.GetFieldValue<byte[]>(2)));
    }

    private static async Task RowsAsync(NpgsqlConnection c, Walk walk, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(RowsSql, c) { CommandTimeout = 0 };
        await using var r = await command.ExecuteReaderAsync(CommandBehavior.Default, ct);
        while (await r.ReadAsync(ct))
        {
            walk.Row(
                r.GetGuid(0), r.GetInt32(1), r.GetInt32(2), new DateTimeOffset(r.GetDateTime(3), TimeSpan.Zero), r.GetFieldValue<byte[]>(4), Bytes(r, 5), r.GetFieldValue<byte[]>(6),
                Bytes(r, 7), Bytes(r, 8), r.GetBoolean(9), r.GetBoolean(10));
        }
    }

    private static byte[]? Bytes(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<byte[]>(column);

    private sealed class Walk
    {
        private Guid _stream;
        private int _next;
        private byte[] _head = [];

        public Dictionary<Guid, (int Seq, byte[] Head)> Heads { get; } = [];

        public List<JournalProblem> Problems { get; } = [];

        public long Streams { get; private set; }

        public long Rows { get; private set; }

        public long Entries { get; private set; }

        public int Tombstones { get; private set; }

        public void Report(Guid? stream, int? seq, string message)
        {
            if (Problems.Count < MaxProblems) Problems.Add(new JournalProblem(stream, seq, message));
        }

        public void Row(
            Guid stream, int seq, int entries, DateTimeOffset at, byte[] hash, byte[]? digest, byte[] data, byte[]? salt, byte[]? payload, bool removed, bool hasPayload)
        {
            if (stream != _stream)
            {
                Close();
                _stream = stream;
                _next = 0;
                _head = [];
                Streams++;
            }

            Rows++;
            Entries += entries;
            if (seq != _next) Report(stream, seq, $"Gap: entry {_next} is missing.");
            if (!JournalChain.Next(_head, stream, seq, entries, at, data, digest).AsSpan().SequenceEqual(hash)) Report(stream, seq, "The row or one before it has been changed: its hash does not follow.");
            if (digest is not null) Payload(stream, seq, digest, salt, payload, removed, hasPayload);
            else if (hasPayload) Report(stream, seq, "Data stands beside a row that had none.");
            _next = seq + entries;
            _head = hash;
        }

        public void Finish()
        {
            Close();
            foreach (var (id, head) in Heads)
            {
                if (head.Seq > 0) Report(id, null, "The instance's whole journal is missing.");
            }
        }

        private void Payload(Guid stream, int seq, byte[] digest, byte[]? salt, byte[]? payload, bool removed, bool hasPayload)
        {
            if (!hasPayload) Report(stream, seq, "The row's data is gone without a tombstone.");
            else if (removed) Tombstones++;
            else if (salt is null || payload is null || !JournalChain.Digest(salt, payload).AsSpan().SequenceEqual(digest)) Report(stream, seq, "The row's data has been changed.");
        }

        private void Close()
        {
            if (_stream == Guid.Empty) return;
            if (!Heads.Remove(_stream, out var head)) Report(_stream, null, "The journal's instance is missing.");
            else if (head.Seq != _next) Report(_stream, _next, $"The journal ends at entry {_next}, but the instance has written {head.Seq}.");
            else if (!head.Head.AsSpan().SequenceEqual(_head)) Report(_stream, null, "The journal does not end where the instance says.");
        }
    }
}
