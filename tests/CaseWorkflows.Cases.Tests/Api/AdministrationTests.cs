using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Tests.Api;

public sealed class AdministrationTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task SC22_ROLL04_complaints_are_refused_outside_SU()
    {
        var offers = (await host.Get("admin", "/units/bup-a")).Should200().Body!["caseTypeOffers"]!.AsArray();
        offers.Add(new JsonObject { ["type"] = "Synpunkter och klagomål", ["active"] = true });
        var answer = await host.Send("admin", HttpMethod.Patch, "/units/BUP Exempel A", new JsonObject { ["caseTypeOffers"] = offers.DeepClone() }.ToJsonString());
        answer.Should(400);
        answer.Text.Should().Contain("Ärendetypen gäller endast SU");
    }

    [Fact]
    public async Task ONK07_a_doctor_is_no_receiver_and_an_assistant_nurse_is()
    {
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk.lakare", role = "ärendemottagare", unit = "Onkologimottagning 1" }))
            .Should(400).Text.Should().Contain("Yrkesroll ej tillåten för ärendemottagare");
        var granted = (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk1.mott.b", role = "arendemottagare", unit = "onk2" })).Should(201);
        (await host.Get("onk1.mott.b", "/me")).Text.Should().Contain("Onkologimottagning 2");
        (await host.Send("onk.lokadm", HttpMethod.Patch, $"/role-assignments/{granted.Id}", new { to = "2026-04-01" })).Should200();
        (await host.Get("onk1.mott.b", "/me")).Text.Should().NotContain("Onkologimottagning 2");
    }

    [Fact]
    public async Task ROLL14_and_X32_only_within_the_own_operation_and_never_to_oneself()
    {
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "bup.sekr", role = "arendemottagare", unit = "bup-b" })).Should(403);
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk.lokadm", role = "arendemottagare", unit = "onk1" })).Should(400).Faults.Should().Contain("person");
        (await host.Post("onk1.mott.a", "/role-assignments", new { person = "onk1.hant", role = "arendemottagare", unit = "onk1" })).Should(403);
        (await host.Post("onk.lokadm", "/role-assignments", new { person = "onk1.hant", role = "administrator", unit = "*" })).Should(403);
        (await host.Post("ro.oa", "/role-assignments", new { person = "onk1.hant", role = "arendemottagare", unit = "onk1" })).Should(404);
    }

    [Fact]
    public async Task D13_opening_hours_change_from_a_date_and_later_deadlines_follow()
    {
        var hours = (await host.Get("onk.lokadm", "/units/onk3/opening-hours")).Should200();
        hours.Body!["weekdays"]!["mån-fre"]![0]![0]!.ToString().Should().Be("07:30");
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": { "mån-fre": [["08:00", "15:00"]] } }""")).Should200();
        var due = (await host.TryCase(new { unit = "onk3" })).Should(201).Body!["clock"]!["due"]!.GetValue<DateTimeOffset>();
        due.Should().Be(new DateTimeOffset(2026, 4, 8, 15, 0, 0, TimeSpan.FromHours(2)));
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": { "fredag": [["08:00", "15:00"]] } }""")).Should(400);
        (await host.Send("onk3.mott", HttpMethod.Patch, "/units/onk3/opening-hours", """{ "weekdays": {} }""")).Should(403);
    }

    [Fact]
    public async Task Absences_are_registered_by_a_manager_or_the_person()
    {
        (await host.Post("onk1.mott.a", "/absences", new { person = "onk1.hant", from = "2026-04-07", reason = "annan" })).Should(403);
        (await host.Post("onk.vec", "/absences", new { person = "onk1.hant", from = "2026-04-09", to = "2026-04-07", reason = "semester" })).Should(400).Faults.Should().BeEquivalentTo("to", "reason");
        var own = (await host.Post("onk1.hant2", "/absences", new { person = "onk1.hant2", from = "2026-04-13", to = "2026-04-14", reason = "annan" })).Should(201);
        own.Body!["person"]!.ToString().Should().Be("onk1.hant2");
        (await host.Get("onk.vec", "/absences?person=onk1.hant2")).Body!.AsArray().Should().ContainSingle();
        (await host.Send("onk.vec", HttpMethod.Patch, $"/absences/{own.Id}", new { to = "2026-04-13" })).Should200();
        (await host.Get("ro.oa", $"/absences/{own.Id}")).Should(404);
    }

    [Fact]
    public async Task ROLL11_a_changed_phrase_is_agreed_with_the_operation()
    {
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/phrases/patientfaktura:verksamhet-onkologi", new { text = "Ring patientfaktura." })).Should(400).Faults.Should().Contain("agreedWithOperation");
        (await host.Send("onk.lokadm", HttpMethod.Patch, "/phrases/patientfaktura:verksamhet-onkologi", new { text = "Ring patientfaktura.", agreedWithOperation = true })).Should200();
        (await host.Get("onk.lokadm", "/units/verksamhet-onkologi/history")).Should200().Text.Should().Contain("Frasmall: ändrad");
    }

    [Fact]
    public async Task A_phrase_is_made_for_the_region_or_for_an_operation()
    {
        var regional = new { key = "ny_fras", text = "Hej", region = "VGR", scope = "Regional" };
        (await host.Post("onk.lokadm", "/phrases", regional)).Should(403);
        (await host.Post("admin", "/phrases", regional)).Should(201);
        (await host.Post("onk.lokadm", "/phrases", new { key = "lokal_fras", text = "Hej", unit = "verksamhet-onkologi", scope = "Lokal" })).Should(201);
    }

    [Fact]
    public async Task Lists_of_reference_data_show_the_own_region()
    {
        (await host.Get("ro.ssk1", "/units")).Body!.AsArray().Should().OnlyContain(u => u!["region"]!.ToString() == "RÖ");
        (await host.Get("onk1.mott.a", "/case-types")).Body!.AsArray().Count.Should().BeGreaterThan(10);
        (await host.Get("onk1.mott.a", "/routines")).Text.Should().Contain("SU9775-406090012-115");
    }

    [Fact]
    public async Task The_clock_is_the_administrator_s_and_never_goes_back()
    {
        (await host.Get("onk1.mott.a", "/clock")).Should200().Body!["mode"]!.ToString().Should().Be("Manual");
        (await host.Send("onk1.mott.a", HttpMethod.Put, "/clock", new { now = "2026-05-01T00:00:00+02:00" })).Should(403);
        (await host.Send("admin", HttpMethod.Put, "/clock", new { now = "2026-03-01T00:00:00+02:00" })).Should(409).Type.Should().Be("clock-backwards");
        (await host.Send("admin", HttpMethod.Put, "/clock", new { })).Should(400);
    }

    [Fact]
    public async Task A_resident_s_message_and_an_event_nobody_waits_for()
    {
        var id = await host.Case();
        (await host.Post("integration", $"/cases/{id}/resident-messages", new { text = "Jag glömde en sak" })).Should(202);
        (await host.Post("onk1.mott.a", $"/cases/{id}/resident-messages", new { text = "Fusk" })).Should(403);
        (await host.Post("integration", $"/cases/{id}/events", new { @event = "Provsvar" })).Should(400).Faults.Should().Equal("event");
        var thread = (await host.Get("onk1.mott.a", $"/cases/{id}/messages")).Body!.AsArray();
        thread.Should().ContainSingle(m => m!["direction"]!.ToString() == "In" && m["text"]!.ToString() == "Jag glömde en sak");
        (await host.Get("onk1.mott.a", $"/cases/{id}")).Body!["flags"]!.AsArray().Select(f => f!.ToString()).Should().Contain("Nytt svar från invånaren");
    }

    [Fact]
    public async Task D10_notices_name_the_case_and_never_the_patient()
    {
        var id = await host.Case(new { patient = new { name = "Tolvan Tolvansson", personalNumber = "19121212-1212" } });
        var notices = (await host.Get("onk1.mott.a", $"/cases/{id}/notices")).Should200();
        notices.Body!.AsArray().Should().HaveCount(2).And.OnlyContain(n => n!["channel"]!.ToString() == "epost");
        notices.Text.Should().NotContain("Tolvan").And.NotContain("1212-1212").And.NotContain("Hemlig");
    }

    [Fact]
    public async Task Something_changed_comes_over_the_event_stream()
    {
        using var client = new HttpClient();
        using var request = await host.Request("onk1.mott.a", "/events");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await host.Case();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        string? line;
        do line = await reader.ReadLineAsync(limit.Token); while (line is not null && !line.StartsWith("data:", StringComparison.Ordinal));
        line.Should().MatchRegex("^data: \\{\"topic\":\"(tasks|cases)\"\\}$");
    }

    [Fact]
    public async Task The_monthly_figures_are_for_those_who_may_read_them()
    {
        await host.Case();
        (await host.Get("onk1.mott.a", "/reports/statistik?from=2026-04-01&to=2026-04-30")).Should(403);
        var figures = (await host.Get("onk.lokadm", "/reports/statistik?from=2026-04-01&to=2026-04-30&unit=onk1")).Should200();
        figures.Body!["items"]!.AsArray().Should().Contain(r => r!["caseType"]!.ToString() == "Rådgivning");
        (await host.Get("onk.lokadm", "/reports/ej-bevakad?from=2026-03-31&to=2026-04-01")).Should200().Text.Should().Contain("Ej bevakad 2026-03-31");
        (await host.Get("onk.lokadm", "/reports/okänd")).Should(404);
    }
}
