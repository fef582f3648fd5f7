using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Monitoring;

/// <summary>Absence and cover: ONK-36, ROLL-20, X-14.</summary>
public sealed class AbsenceRuleTests
{
    private const string Cover = "Bevaka kollegas ärenden";

    [Fact]
    public async Task ONK_36_two_working_days_over_Easter_need_no_cover_and_three_do()
    {
        await using var s = await Scenario.StartAsync("2026-04-01 10:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        var absence = await s.Send("onk.vec", HttpMethod.Post, "/api/absences", Absence("onk1.hant", "2026-04-02", "2026-04-07"));
        absence.ShouldBe(201);
        (await s.Inbox("onk1.hant2")).Should().NotContain(t => t.Title == Cover);
        (await s.Send("onk.vec", HttpMethod.Patch, $"/api/absences/{absence.Body!["id"]}", With(("to", "2026-04-08")))).ShouldBe(200);
        (await s.Inbox("onk1.hant2")).Should().Contain(t => t.Title == Cover);
        await s.Clock("2026-04-02 08:00");
        (await s.Tasks("onk1.hant2", "view=cover")).Should().Contain(t => t.CaseId == c.Id);
        (await s.Do("onk1.hant2", c, "Handlägg ärende", "Svara och avsluta", With(("svarstext", "Svar")))).ShouldBe(200);
    }

    [Theory]
    [InlineData("2026-12-29", true)]
    [InlineData("2026-12-28", false)]
    public async Task ROLL_20_the_days_of_Christmas_are_counted(string to, bool cover)
    {
        await using var s = await Scenario.StartAsync("2026-12-21 10:00");
        (await s.Send("onk.vec", HttpMethod.Post, "/api/absences", Absence("onk1.mott.a", "2026-12-23", to))).ShouldBe(201);
        (await s.Inbox("onk1.mott.b")).Any(t => t.Title == Cover).Should().Be(cover);
    }

    [Fact]
    public async Task ROLL_21_a_clinic_without_anybody_else_asks_its_own_operation()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 08:00");
        var c = await s.Case("Onkologimottagning 2", "Fråga om min remiss");
        (await s.Send("onk.vec", HttpMethod.Post, "/api/absences", Absence("onk2.mott", "2026-11-23", "2026-11-27"))).ShouldBe(201);
        var task = (await s.Inbox("onk.vec")).Single(t => t.Title == "Ordna bevakning");
        var people = (await s.Task("onk.vec", task.Id))["form"]!["fields"]!.AsArray().Single(f => f!["key"]!.ToString() == "bevakas_av")!["options"]!.AsArray().Select(o => o!["value"]!.ToString()).ToList();
        people.Should().Contain("onk1.mott.a").And.NotContain("bup.sekr").And.NotContain("onk2.mott");
        (await s.Send("onk1.mott.a", HttpMethod.Get, $"/api/cases/{c.Id}")).ShouldBe(403);
        (await s.Complete("onk.vec", task.Id, "Klar", With(("bevakas_av", "onk1.mott.a")))).ShouldBe(200);
        (await s.Inbox("onk1.mott.a")).Should().Contain(t => t.Title == Cover);
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Besvara själv", With(("svarstext", "Svar")))).ShouldBe(200);

        // Back on the job: the access is gone
        var next = await s.Case("Onkologimottagning 2", "Fråga om min remiss");
        await s.Clock("2026-11-30 08:00");
        (await s.Do("onk1.mott.a", next, "Fördela ärende", "Besvara själv", With(("svarstext", "Svar")))).ShouldBe(403);
        (await s.Inbox("onk1.mott.a")).Should().NotContain(t => t.Title == Cover);
    }

    [Fact]
    public async Task ROLL_21_nobody_by_the_next_opening_is_told_to_the_head_of_operations()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 08:00");
        (await s.Send("onk.vec", HttpMethod.Post, "/api/absences", Absence("onk2.mott", "2026-11-23", "2026-11-27"))).ShouldBe(201);
        await s.Clock("2026-11-24 07:30");
        (await s.List("/api/units/onk2/notices")).Should().ContainSingle(n => n["to"]!.ToString() == "onk.vc");
    }

    private static JsonObject Absence(string person, string from, string? to) => With(("person", person), ("from", from), ("to", to), ("reason", "annan"));
}
