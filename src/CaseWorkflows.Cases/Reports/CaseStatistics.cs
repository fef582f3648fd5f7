using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.Reports;

/// <summary>The monthly figures per unit and case type (ONK-40, ROLL-13): own units only.</summary>
public sealed class CaseStatistics(NpgsqlDataSource database)
{
    /// <param name="unit">Null = every unit whose figures the actor may read.</param>
    /// <param name="from">Local date, inclusive.</param>
    /// <param name="to">Local date, inclusive.</param>
    public async Task<IReadOnlyList<StatisticsRow>> ExecuteAsync(CommandContext context, string? unit, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var units = context.Actor.UnitsWith(Permissions.StatisticsRead);
        if (unit is not null)
        {
            var asked = context.DemandUnit(unit);
            if (!units.Contains(asked.Id)) throw new ForbiddenException("Visa statistik", unit: asked.Id);
            units = [.. context.Reference.SelfAndBelow(asked.Id)];
        }
        else if (units.Length == 0)
        {
            throw new ForbiddenException("Visa statistik");
        }

        await using var command = database.CreateCommand("""
            SELECT unit, case_type,
                count(*) FILTER (WHERE arrived_at >= $2 AND arrived_at < $3),
                count(*) FILTER (WHERE closed_at >= $2 AND closed_at < $3),
                count(*) FILTER (WHERE closed_at >= $2 AND closed_at < $3 AND breached_at IS NULL),
                count(*) FILTER (WHERE breached_at >= $2 AND breached_at < $3),
                count(*) FILTER (WHERE closed_at IS NULL OR closed_at >= $3),
                percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_response_at - arrived_at) / 3600)
                    FILTER (WHERE arrived_at >= $2 AND arrived_at < $3 AND first_response_at IS NOT NULL)
            FROM cases WHERE NOT trial AND unit = ANY ($1) AND (arrived_at < $3 AND (closed_at IS NULL OR closed_at >= $2))
            GROUP BY unit, case_type ORDER BY unit, case_type
            """).With(Sql.Value(units), SwedishTime.StartOfDay(from), SwedishTime.EndOfDay(to));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<StatisticsRow>();
        while (await reader.ReadAsync(ct))
        {
            int closed = (int)reader.GetInt64(3), inTime = (int)reader.GetInt64(4);
            var type = reader.GetString(1);
            rows.Add(new StatisticsRow(
                context.Reference.UnitName(reader.GetString(0)), context.Reference.CaseTypes.TryGetValue(type, out var known) ? known.Name : type,
                (int)reader.GetInt64(2), closed, inTime, closed == 0 ? null : Math.Round(100m * inTime / closed, 1), (int)reader.GetInt64(5), (int)reader.GetInt64(6),
                reader.IsDBNull(7) ? null : Math.Round(reader.GetDouble(7), 1)));
        }

        return rows;
    }
}
