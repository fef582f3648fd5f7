using System.Text.Json.Nodes;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>The response report and the report of reviews against a count, row by row, of what they are about.</summary>
public sealed class ReportTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    [Fact]
    public async Task ONK_40_the_report_says_how_it_was_in_the_period_and_at_its_end()
    {
        var random = new Random(40);
        var rows = new List<Row>();
        for (var i = 0; i < 300; i++)
        {
            var arrived = At(new DateTime(2026, 1, 1)).AddMinutes(random.Next(0, 90 * 24 * 60));
            DateTimeOffset? closed = random.Next(3) > 0 ? arrived.AddMinutes(random.Next(1, 40 * 24 * 60)) : null;
            DateTimeOffset? breached = random.Next(4) == 0 ? arrived.AddMinutes(random.Next(1, 10 * 24 * 60)) : null;
            if (breached > closed) breached = null;
            rows.Add(new Row(random.Next(2) == 0 ? "onk1" : "onk2", random.Next(2) == 0 ? "radgivning" : "recept", arrived, closed, breached, random.Next(20) == 0));
        }

        await InsertAsync(rows);
        for (var i = 0; i < 60; i++)
        {
            var from = new DateOnly(2026, 1, 1).AddDays(random.Next(0, 100));
            var to = from.AddDays(random.Next(0, 45));
            var shown = (await host.Get("admin", $"/reports/statistik?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}")).Should200().Body!["items"]!.AsArray();
            foreach (var group in rows.Where(r => !r.Trial).GroupBy(r => (r.Unit, r.Type)))
            {
                var counted = Count(group, from, to);
                var line = shown.SingleOrDefault(l => l!["unit"]!.ToString() == UnitName(group.Key.Unit) && l["caseType"]!.ToString() == TypeName(group.Key.Type));
                var told = line is null ? new Counted(0, 0, 0, 0, 0)
                    : new Counted(Number(line, "received"), Number(line, "closed"), Number(line, "inTime"), Number(line, "flagged"), Number(line, "open"));
                told.Should().Be(counted, $"{group.Key} from {from} to {to}");
            }
        }
    }

    [Fact]
    public async Task ONK_37_only_the_daily_review_counts_as_the_daily_review_and_for_the_day_it_was_made_for()
    {
        // Tue 24 March: another task without a case is finished. Wed 25: the review, finished the day after. Thu 26: the review of another unit.
        await TaskAsync("onk1", null, At(new DateTime(2026, 3, 24, 7, 30, 0)), At(new DateTime(2026, 3, 24, 9, 0, 0)));
        await TaskAsync("onk1", "dagligGenomgång", At(new DateTime(2026, 3, 25, 7, 30, 0)), At(new DateTime(2026, 3, 26, 9, 0, 0)));
        await TaskAsync("onk2", "dagligGenomgång", At(new DateTime(2026, 3, 26, 7, 30, 0)), At(new DateTime(2026, 3, 26, 9, 0, 0)));

        var shown = (await host.Get("admin", "/reports/ej-bevakad?unit=onk1&from=2026-03-24&to=2026-03-26")).Should200().Body!["items"]!.AsArray();

        shown.Select(r => r!["date"]!.ToString()).Should().Equal("2026-03-24", "2026-03-26");
    }

    private static Counted Count(IEnumerable<Row> rows, DateOnly from, DateOnly to)
    {
        int received = 0, closed = 0, inTime = 0, flagged = 0, open = 0;
        foreach (var row in rows)
        {
            if (Within(row.Arrived)) received++;
            if (row.Closed is { } c && Within(c))
            {
                closed++;
                if (row.Breached is null) inTime++;
            }

            if (row.Breached is { } b && Within(b)) flagged++;
            if (Day(row.Arrived) <= to && (row.Closed is not { } end || Day(end) > to)) open++;
        }

        return new Counted(received, closed, inTime, flagged, open);

        bool Within(DateTimeOffset at) => Day(at) >= from && Day(at) <= to;

        static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Stockholm).DateTime);
    }

    private async Task InsertAsync(List<Row> rows)
    {
        await using var connection = await host.Source.OpenConnectionAsync();
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            await using var command = new NpgsqlCommand("""
                INSERT INTO cases (id, case_number, region, unit, responsible_unit, case_type, channel, arrived_at, registered_at, status, closed_at, breached_at, trial, changed_at)
                VALUES ($1, $2, 'VGR', $3, $3, $4, 'Enhet', $5, $5, 'Inkommet', $6, $7, $8, $5)
                """, connection);
            foreach (var value in new object?[] { Guid.CreateVersion7(), $"RAPP-{i}", row.Unit, row.Type, row.Arrived.UtcDateTime, row.Closed?.UtcDateTime, row.Breached?.UtcDateTime, row.Trial })
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task TaskAsync(string unit, string? countsAs, DateTimeOffset made, DateTimeOffset done)
    {
        await using var command = host.Source.CreateCommand("""
            INSERT INTO task (id, instance_id, bookmark_id, activity_id, definition_id, definition_version, region, unit, title, state, form, outcomes, created_at, completed_at, counts_as)
            VALUES ($1, $1, 'b', 'a', 'd', 1, 'VGR', $2, 'Uppgift', 'Klar', '[]', '[]', $3, $4, $5)
            """);
        foreach (var value in new object?[] { Guid.CreateVersion7(), unit, made.UtcDateTime, done.UtcDateTime, countsAs })
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync();
    }

    private static int Number(JsonNode line, string name) => line[name]!.GetValue<int>();

    private static string UnitName(string id) => id == "onk1" ? "Onkologimottagning 1" : "Onkologimottagning 2";

    private static string TypeName(string code) => code == "radgivning" ? "Rådgivning" : "Förnya recept";

    private static DateTimeOffset At(DateTime local) => new(local, Stockholm.GetUtcOffset(local));

    private sealed record Row(string Unit, string Type, DateTimeOffset Arrived, DateTimeOffset? Closed, DateTimeOffset? Breached, bool Trial);

    private sealed record Counted(int Received, int Closed, int InTime, int Flagged, int Open);
}
