using CaseWorkflows.Engine.Authoring;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// The coming starts as they stand in the queue. A series that goes on in equal steps keeps its beat over planning anew, restarts, late starts and new
/// versions, as long as it is the same step of the routine with the same interval; with another interval it begins at the publication.
/// </summary>
internal sealed class TriggerPlan
{
    // Locked: a start that takes place at the same moment moves its row first, and then the row's new time is the one read.
    private const string ReadSql = "SELECT key, due, payload::text FROM queue WHERE kind = 6 AND starts_with(key, $1) ORDER BY id FOR UPDATE";

    private readonly Dictionary<string, (DateTimeOffset Due, TimeSpan? Interval)> _starts = new(StringComparer.Ordinal);

    /// <param name="prefix">Of the keys; empty = of every definition.</param>
    public static async Task<TriggerPlan> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string prefix, CancellationToken ct)
    {
        var plan = new TriggerPlan();
        await using var command = new NpgsqlCommand(ReadSql, connection, transaction) { Parameters = { new() { Value = prefix } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var payload = QueuePayloads.Read<QueuePayloads.Trigger>(await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2));
            plan._starts[reader.GetString(0)] = (reader.GetFieldValue<DateTimeOffset>(1), payload.Interval);
        }

        return plan;
    }

    /// <summary>The occurrence, on the beat of the start that stands in the queue under the key.</summary>
    public ScheduledOccurrence OnBeat(string key, ScheduledOccurrence next, DateTimeOffset now) =>
        _starts.TryGetValue(key, out var start) ? OnBeat(next, start.Due, start.Interval, now) : next;

    /// <param name="next">What the trigger gave, counted from <paramref name="after"/>.</param>
    /// <param name="known">A start of the series.</param>
    /// <param name="interval">The series' interval when that start was planned; null = not noted then, and taken for the same.</param>
    /// <param name="after">The result is later than this.</param>
    public static ScheduledOccurrence OnBeat(ScheduledOccurrence next, DateTimeOffset known, TimeSpan? interval, DateTimeOffset after)
    {
        if (next.Interval is not { } step || (interval ?? step) != step) return next;
        return next with { DueAt = known > after ? known : known + (step * (((after - known).Ticks / step.Ticks) + 1)) };
    }
}
