using Npgsql;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>Whether what was acknowledged is there, once; and whether everything that is open has something that can move it on.</summary>
internal static class TortureCheck
{
    private const string CompletionsSql =
        """
        SELECT a.id, coalesce(t.state, 'borta'), (SELECT count(*) FROM history h WHERE h.case_id IS NOT DISTINCT FROM t.case_id AND h.task_id = a.id AND NOT h.refused AND h.entry ->> 'event' = 'Uppgift slutförd')
        FROM unnest($1::uuid[]) a(id) LEFT JOIN task t ON t.id = a.id
        """;

    private const string TwiceSql =
        """
        SELECT task_id, count(*) FROM history WHERE NOT refused AND entry ->> 'event' = 'Uppgift slutförd' AND task_id IS NOT NULL GROUP BY task_id HAVING count(*) > 1
        """;

    // Every open case has an open task, a timer, or an incident that an operator sees; one whose routine could not be started, that of its start.
    private const string StuckSql =
        """
        SELECT c.case_number, c.status FROM cases c WHERE c.closed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND t.state IN ('Öppen', 'Tagen', 'Låst'))
          AND NOT EXISTS (SELECT 1 FROM instance i JOIN queue q ON q.instance_id = i.id WHERE i.case_id = c.id)
          AND NOT EXISTS (SELECT 1 FROM instance i WHERE i.case_id = c.id AND i.incident_count > 0)
          AND NOT EXISTS (SELECT 1 FROM incident x WHERE x.case_id = c.id AND x.resolved_at IS NULL)
        """;

    private const string OverdueSql = "SELECT kind::text || ' ' || id, coalesce(error, 'never tried') FROM queue WHERE kind < 10 AND failed_at IS NULL AND due <= (SELECT now FROM business_clock)";

    // A task is open if and only if its instance waits for it.
    private const string OrphansSql =
        """
        SELECT t.id::text, t.state FROM task t JOIN instance i ON i.id = t.instance_id WHERE t.state IN ('Öppen', 'Tagen', 'Låst') AND i.finished_at IS NOT NULL AND i.sub_status <> 5
        """;

    private const string Unfinished = "queue item ";

    /// <summary>Work that was due and had not been done yet: a host that runs on does it.</summary>
    public static bool IsUnfinished(string fault) => fault.StartsWith(Unfinished, StringComparison.Ordinal);

    public static async Task<List<string>> RunAsync(NpgsqlDataSource data, TortureLog log, CancellationToken ct)
    {
        var faults = log.Faults.Distinct().ToList();
        await RowsAsync(data, CompletionsSql, r =>
        {
            if (r.GetString(1) != "Klar" || r.GetInt64(2) != 1) faults.Add($"acknowledged completion of task {r.GetGuid(0)}: state {r.GetString(1)}, {r.GetInt64(2)} entries in the history");
        }, ct, log.Completions.Keys.ToArray());
        foreach (var (task, count) in log.Completions.Where(c => c.Value > 1)) faults.Add($"task {task} was acknowledged as completed {count} times");
        await RowsAsync(data, TwiceSql, r => faults.Add($"task {r.GetGuid(0)} was completed {r.GetInt64(1)} times"), ct);
        await RowsAsync(data, "SELECT a.id FROM unnest($1::uuid[]) a(id) WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = a.id)", r => faults.Add($"acknowledged case {r.GetGuid(0)} is lost"), ct, log.Cases.Values.ToArray());
        await RowsAsync(data, StuckSql, r => faults.Add($"case {r.GetString(0)} ({r.GetString(1)}) is open, and nothing can move it on"), ct);
        await RowsAsync(data, OverdueSql, r => faults.Add($"{Unfinished}{r.GetString(0)} was due and not done: {r.GetString(1)}"), ct);
        await RowsAsync(data, OrphansSql, r => faults.Add($"task {r.GetString(0)} ({r.GetString(1)}) is open but its instance is finished"), ct);
        return faults;
    }

    private static async Task RowsAsync(NpgsqlDataSource data, string sql, Action<NpgsqlDataReader> row, CancellationToken ct, Guid[]? ids = null)
    {
        await using var command = data.CreateCommand(sql);
        if (ids is not null) command.Parameters.Add(new() { Value = ids });
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct)) row(r);
    }
}
