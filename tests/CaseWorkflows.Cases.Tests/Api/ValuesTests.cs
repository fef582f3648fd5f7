using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Dates, times, numbers and personal numbers as people and systems send them.</summary>
public sealed class ValuesTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("admin", "/cases?to=9999-12-31")]
    [InlineData("admin", "/cases?from=0001-01-01")]
    [InlineData("admin", "/cases?from=9999-12-31")]
    [InlineData("admin", "/tasks?view=all&due=9999-12-31")]
    [InlineData("onk.vec", "/reports/statistik?from=2026-01-01&to=9999-12-31")]
    [InlineData("onk.vec", "/reports/statistik?from=0001-01-01&to=0001-01-01")]
    [InlineData("onk.vec", "/reports/ej-bevakad?from=0001-01-01&to=9999-12-31")]
    [InlineData("admin", "/cases?limit=100000000000")]
    public async Task F_3_the_ends_of_the_calendar_are_dates(string user, string path) => (await host.Get(user, path)).Should200();

    [Theory]
    [InlineData("/cases?from=2/4/2026", "from")]
    [InlineData("/cases?to=10000-01-01", "to")]
    [InlineData("/tasks?due=i+morgon", "due")]
    [InlineData("/reports/statistik?from=2026-02-30", "from")]
    [InlineData("/cases?limit=tolv", "limit")]
    [InlineData("/cases?limit=0", "limit")]
    [InlineData("/tasks?limit=-5", "limit")]
    [InlineData("/tasks?limit=1.5", "limit")]
    [InlineData("/incidents?limit=NaN", "limit")]
    [InlineData("/lists/flaggade?limit=1e9", "limit")]
    [InlineData("/people/onk1.hant/reads?limit=-1", "limit")]
    public async Task F_3_F_6_what_is_no_date_and_no_number_is_400_with_its_name(string path, string field) =>
        (await host.Get("admin", path)).Should(400).Faults.Should().Equal(field);

    [Fact]
    public async Task F_3_dates_of_lists_are_local_and_inclusive()
    {
        var name = Guid.NewGuid().ToString("N");
        foreach (var at in new[] { "2026-03-31T23:59:59+02:00", "2026-04-01T00:00:00+02:00", "2026-04-01T21:59:00Z", "2026-04-01T22:00:00Z" })
            await host.Case(new { arrivedAt = at, subject = name });
        (await host.Get("admin", $"/cases?q={name}&from=2026-04-01&to=2026-04-01")).Should200().Body!["items"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task F_3_until_further_notice_is_a_role_without_end()
    {
        var granted = (await host.Post("onk.lokadm", "/role-assignments",
            new { person = "onk1.mott.b", role = "arendemottagare", unit = "onk3", from = "2026-01-01", to = "9999-12-31" })).Should(201);
        granted.Body!["to"]!.ToString().Should().Be("9999-12-31");
        (await host.Get("onk1.mott.b", "/me")).Text.Should().Contain("Onkologimottagning 3");
        (await host.Post("onk.lokadm", "/role-assignments",
            new { person = "onk1.mott.b", role = "arendemottagare", unit = "onk3", from = "0001-01-01", to = "2025-12-31" })).Should(201);
        (await host.Send("onk.lokadm", HttpMethod.Patch, $"/role-assignments/{granted.Id}", new { to = "igår" })).Should(400).Faults.Should().Equal("to");
    }

    [Fact]
    public async Task F_3_an_absence_from_an_instant_begins_on_its_local_day()
    {
        (await host.Post("onk.vec", "/absences", new { person = "onk1.hant2", from = "2027-06-30T22:00:00Z", to = "9999-12-31", reason = "annan" }))
            .Should(201).Body!["from"]!.ToString().Should().Be("2027-07-01");
        (await host.Post("onk.vec", "/absences", new { person = "onk1.hant2", from = "1/7/2027", reason = "annan" })).Should(400).Faults.Should().Equal("from");
    }

    [Theory]
    [InlineData("2/4/2026 10:00")]
    [InlineData("2026-04-02T25:00:00Z")]
    [InlineData("i morse")]
    [InlineData("20260402")]
    public async Task F_3_an_arrival_is_ISO_8601_only(string arrivedAt) => (await host.TryCase(new { arrivedAt })).Should(400).Faults.Should().Equal("arrivedAt");

    [Fact]
    public async Task F_3_an_hour_that_the_clocks_skip_or_repeat_has_one_meaning()
    {
        (await host.TryCase(new { arrivedAt = "2026-03-29T02:30" })).Should(201).Body!["arrivedAt"]!.GetValue<DateTimeOffset>()
            .Should().Be(new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)));
        (await host.TryCase(new { arrivedAt = "2025-10-26T02:30" })).Should(201).Body!["arrivedAt"]!.GetValue<DateTimeOffset>()
            .Should().Be(new DateTimeOffset(2025, 10, 26, 2, 30, 0, TimeSpan.FromHours(2)));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T12:00:00+01:00")]
    [InlineData("2126-04-02")]
    [InlineData("10000-01-01T00:00:00Z")]
    [InlineData("2/5/2026")]
    public async Task F_3_nobody_parks_until_the_end_of_the_calendar(string until)
    {
        var task = await host.TaskOf(await host.Case());
        (await host.Post("onk1.mott.a", $"/tasks/{task}/park", new { until, reason = "Väntar" })).Should(400).Faults.Should().Equal("until");
    }

    [Fact]
    public async Task F_3_special_opening_dates_and_schedules_are_read_like_all_others()
    {
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk3/opening-hours", """{ "special": [ { "date": "6/6/2026", "intervals": [] } ] }"""))
            .Should(400).Faults.Should().Contain("special");
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": { "mån-fre": [["åtta", "17:00"]] } }"""))
            .Should(400).Faults.Should().Contain("weekdays");
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": { "mån-fre": [["08:00"]] } }"""))
            .Should(400).Faults.Should().Contain("weekdays");
        (await host.Post("admin", "/closures", new { unit = "onk1", from = "1/7/2027", to = "2027-07-31" })).Should(400).Faults.Should().Equal("from");
    }

    [Theory]
    [InlineData("1e30")]
    [InlineData("100000000000000000000")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"NaN\"")]
    [InlineData("\"1e5\"")]
    [InlineData("\"tolv\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    public async Task F_2_a_number_field_takes_numbers(string value)
    {
        await AskForDose();
        var answer = (await Register(value)).Should(400);
        answer.Faults.Should().Equal("dos");
        answer.Body!["errors"]!["dos"]![0]!.ToString().Should().Be("Ange ett tal");
    }

    [Theory]
    [InlineData("\"1,5\"", "1.5")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0", "0")]
    [InlineData("\"-0\"", "0")]
    [InlineData("1e2", "100")]
    public async Task F_2_a_number_field_keeps_what_was_meant(string value, string number)
    {
        await AskForDose();
        (await Register(value)).Should(201).Body!["fields"]!["dos"]!.GetValue<decimal>().Should().Be(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    public async Task F_2_a_number_field_keeps_its_limits(string value)
    {
        await AskForDose();
        (await Register(value)).Should(400).Faults.Should().Equal("dos");
    }

    [Theory]
    [InlineData("team", "1e30")]
    [InlineData("team", "99999999999999999999")]
    [InlineData("team", "1.5")]
    [InlineData("priority", "-1")]
    [InlineData("priority", "1e400")]
    [InlineData("priority", "\"hög\"")]
    public async Task F_2_team_and_priority_are_whole_numbers(string field, string value)
    {
        var body = """{ "unit": "Onkologimottagning 1", "caseType": "Rådgivning", "text": "x", "FIELD": VALUE }""".Replace("FIELD", field).Replace("VALUE", value);
        (await host.Post("integration", "/cases", body)).Should(400).Faults.Should().Equal(field);
    }

    [Fact]
    public async Task F_8_a_coordination_number_without_month_and_day_is_a_number_without_a_birth_date()
    {
        var patient = (await host.TryCase(new { patient = new { personalNumber = "191500882392" } })).Should(201).Body!["patient"]!;
        patient["personalNumber"]!.ToString().Should().Be("19150088-2392");
        patient["birthDate"].Should().BeNull();
        patient["numberKind"]!.ToString().Should().Be("Samordningsnummer");
        (await host.TryCase(new { patient = new { personalNumber = "191500882393" } })).Should(400).Faults.Should().Equal("patient.personalNumber");
    }

    [Theory]
    [InlineData("20121212-K123", "20121212-K123", "2012-12-12")]
    [InlineData("19000101-R220", "19000101-R220", null)]
    [InlineData("20121212-T123", "20121212-T123", "2012-12-12")]
    [InlineData("991912120001", "99191212-0001", null)]
    public async Task F_11_reserve_numbers_are_taken_as_such(string given, string stored, string? birth)
    {
        var patient = (await host.TryCase(new { patient = new { personalNumber = given } })).Should(201).Body!["patient"]!;
        patient["personalNumber"]!.ToString().Should().Be(stored);
        patient["numberKind"]!.ToString().Should().Be("Reservnummer");
        patient["birthDate"]?.ToString().Should().Be(birth);
    }

    [Fact]
    public async Task F_11_what_is_no_number_gets_a_sentence_that_helps()
    {
        var messages = (await host.TryCase(new { patient = new { personalNumber = "LMA 50-123456" } })).Should(400).Body!["errors"]!["patient.personalNumber"]!.AsArray();
        messages[0]!.ToString().Should().Be("Personnumret är inte giltigt.");
        messages[1]!.ToString().Should().Contain("reservnummer").And.Contain("lämna fältet tomt");
    }

    /// <summary>A case type with a number among its own fields.</summary>
    private async Task AskForDose()
    {
        var fields = new JsonArray(new JsonObject { ["key"] = "dos", ["label"] = "Dos", ["type"] = "number", ["min"] = 0, ["max"] = 100 });
        (await host.Send("admin", HttpMethod.Patch, "/case-types/Förnya recept", new JsonObject { ["fields"] = fields }.ToJsonString())).Should200();
    }

    private Task<ApiAnswer> Register(string dose) =>
        host.Post("integration", "/cases", """{ "unit": "Onkologimottagning 1", "caseType": "Förnya recept", "text": "x", "fields": { "dos": VALUE } }""".Replace("VALUE", dose));
}
