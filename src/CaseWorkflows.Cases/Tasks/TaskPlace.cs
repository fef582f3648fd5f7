using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Where a task stands in a list: flagged first, then by priority, due today, due and age. Ranks and limits are as the SQL gives them.</summary>
internal sealed record TaskPlace(int Flagged, int Priority, int DueToday, DateTimeOffset? Due, DateTimeOffset CreatedAt, Guid Id)
{
    /// <summary>The order, all ascending: a task without a case comes after those whose case has no flag, one without a value after those with one.</summary>
    public const string Order = """
        CASE WHEN k.flags && ARRAY['Flaggat – svarstid överskriden', 'Eskalerat'] THEN 0 WHEN k.id IS NOT NULL THEN 1 ELSE 2 END,
        coalesce(t.priority, 2147483647), CASE WHEN k.flags && ARRAY['Förfaller idag'] THEN 0 WHEN k.id IS NOT NULL THEN 1 ELSE 2 END,
        coalesce(t.due, k.clock_due, 'infinity'), t.created_at, t.id
        """;

    /// <summary>What a row has to give for its place, beside what lists show.</summary>
    public const string Columns = """
        CASE WHEN k.flags && ARRAY['Flaggat – svarstid överskriden', 'Eskalerat'] THEN 0 WHEN k.id IS NOT NULL THEN 1 ELSE 2 END AS place_flagged,
        coalesce(t.priority, 2147483647) AS place_priority,
        CASE WHEN k.flags && ARRAY['Förfaller idag'] THEN 0 WHEN k.id IS NOT NULL THEN 1 ELSE 2 END AS place_today, coalesce(t.due, k.clock_due) AS place_due
        """;

    public static TaskPlace Read(NpgsqlDataReader r, TaskRecord task) => new(
        r.GetInt32(r.GetOrdinal("place_flagged")), r.GetInt32(r.GetOrdinal("place_priority")), r.GetInt32(r.GetOrdinal("place_today")),
        r.Instant(r.GetOrdinal("place_due")), task.CreatedAt, task.Id);

    /// <summary>Adds the place's values; the row to compare the order with.</summary>
    public string Row(NpgsqlCommand command)
    {
        var first = command.Parameters.Count + 1;
        command.With(Flagged, Priority, DueToday, Sql.Value(Due), CreatedAt, Id);
        return $"(${first}, ${first + 1}, ${first + 2}, coalesce(${first + 3}, 'infinity'), ${first + 4}, ${first + 5})";
    }
}
