using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.Reports;

/// <summary>Working days without a finished review task, for units that have the daily review.</summary>
public sealed class MonitoringReport(NpgsqlDataSource database)
{
    /// <summary>Setting of units that are reviewed every working day, and what a task counts as that is such a review.</summary>
    public const string DailyReview = "dagligGenomgång";

    /// <summary>How far back it looks: as far as a case may have arrived.</summary>
    private const int Years = 5;

    public async Task<IReadOnlyList<NotMonitored>> ExecuteAsync(CommandContext context, string? unit, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var asked = unit is null ? null : context.DemandUnit(unit);
        var units = context.Reference.UnitsWith(DailyReview)
            .Where(u => context.Actor.May(Permissions.StatisticsRead, u.Id) && (asked is null || context.Reference.IsWithin(u.Id, asked.Id))).ToList();
        if (units.Count == 0) throw new ForbiddenException("Visa rapport", unit: asked?.Id);
        var today = SwedishTime.LocalDate(context.Now);
        if (to >= today) to = today.AddDays(-1);
        if (from < today.AddYears(-Years)) from = today.AddYears(-Years);

        // What the routine says is the review; it counts for the day it was made for, however late it was finished.
        await using var command = database.CreateCommand("""
            SELECT unit, created_at FROM task
            WHERE counts_as = $4 AND state = 'Klar' AND NOT trial AND unit = ANY ($1) AND created_at >= $2 AND created_at < $3
            """).With(Sql.Value(units.Select(u => u.Id)), SwedishTime.StartOfDay(from), SwedishTime.EndOfDay(to), DailyReview);
        var done = new HashSet<(string, DateOnly)>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) done.Add((reader.GetString(0), SwedishTime.LocalDate(reader.Instant(1)!.Value)));
        }

        var rows = new List<NotMonitored>();
        foreach (var u in units)
        {
            var calendar = context.Reference.CalendarOf(u.Region);
            for (var day = from; day <= to; day = day.AddDays(1))
                if (calendar.IsWorkingDay(day) && !done.Contains((u.Id, day))) rows.Add(new NotMonitored(u.Name, day, $"Ej bevakad {day:yyyy-MM-dd}"));
        }

        return rows;
    }
}
