using System.Security.Cryptography;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// One hash per day over all journal rows of that day, chained to the day before: whoever keeps an anchor elsewhere can show that
/// nothing older was rewritten, not even with the chains of single instances recomputed. Days are UTC.
/// </summary>
internal static class JournalAnchors
{
    private const string DaySql = "SELECT hash FROM journal WHERE at >= $1 AND at < $2 ORDER BY stream_id, seq";

    private const string InsertSql = "INSERT INTO journal_anchor (day, made_at, rows, hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    /// <summary>Anchors every finished day that is not anchored yet.</summary>
    public static async Task<int> AnchorAsync(NpgsqlDataSource data, DateTimeOffset now, CancellationToken ct)
    {
        await using var c = await data.OpenConnectionAsync(ct);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var anchored = 0;
        while (await NextDayAsync(c, ct) is { } day && day < today)
        {
            var before = await HashOfAsync(c, day.AddDays(-1), ct);
            var (hash, rows) = await ComputeAsync(c, day, before, ct);
            await using var command = new NpgsqlCommand(InsertSql, c)
            {
                Parameters = { new() { Value = day }, new() { Value = now.UtcDateTime }, new() { Value = rows }, new() { Value = hash } },
            };
            await command.ExecuteNonQueryAsync(ct);
            anchored++;
        }

        return anchored;
    }

    public static async Task VerifyAsync(NpgsqlConnection c, Action<Guid?, int?, string> report, CancellationToken ct)
    {
        var anchors = new List<(DateOnly Day, long Rows, byte[] Hash)>();
        await using (var list = new NpgsqlCommand("SELECT day, rows, hash FROM journal_anchor ORDER BY day", c))
        await using (var r = await list.ExecuteReaderAsync(ct))
        {
            while (await r.ReadAsync(ct)) anchors.Add((r.GetFieldValue<DateOnly>(0), r.GetInt64(1), r.GetFieldValue<byte[]>(2)));
        }

        byte[]? before = null;
        DateOnly? expected = null;
        foreach (var (day, rows, hash) in anchors)
        {
            if (expected is { } e && day != e) report(null, null, $"The anchor of {e:yyyy-MM-dd} is missing.");
            var (computed, counted) = await ComputeAsync(c, day, before, ct);
            if (counted != rows || !computed.AsSpan().SequenceEqual(hash)) report(null, null, $"The journal of {day:yyyy-MM-dd} is not what was anchored ({counted} rows, anchored {rows}).");
            before = hash;
            expected = day.AddDays(1);
        }
    }

    public static async Task<int> CountAsync(NpgsqlConnection c, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT count(*)::int FROM journal_anchor", c);
        return await command.ExecuteScalarAsync(ct) as int? ?? 0;
    }

    /// <summary>The day after the last anchor, or the first day of the journal.</summary>
    private static async Task<DateOnly?> NextDayAsync(NpgsqlConnection c, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT coalesce((SELECT max(day) + 1 FROM journal_anchor), (SELECT (min(at) AT TIME ZONE 'UTC')::date FROM journal))", c) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(ct) switch
        {
            DateOnly day => day,
            DateTime day => DateOnly.FromDateTime(day),
            _ => null,
        };
    }

    private static async Task<byte[]?> HashOfAsync(NpgsqlConnection c, DateOnly day, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT hash FROM journal_anchor WHERE day = $1", c) { Parameters = { new() { Value = day } } };
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    private static async Task<(byte[] Hash, long Rows)> ComputeAsync(NpgsqlConnection c, DateOnly day, byte[]? before, CancellationToken ct)
    {
        var from = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        await using var command = new NpgsqlCommand(DaySql, c) { CommandTimeout = 0, Parameters = { new() { Value = from }, new() { Value = from.AddDays(1) } } };
        await using var r = await command.ExecuteReaderAsync(ct);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before ?? []);
        var rows = 0L;
        while (await r.ReadAsync(ct))
        {
            hash.AppendData(r.GetFieldValue<byte[]>(0));
            rows++;
        }

        return (hash.GetHashAndReset(), rows);
    }
}
