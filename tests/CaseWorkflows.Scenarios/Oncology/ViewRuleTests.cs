using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>What receivers and handlers see: ONK-04, ONK-09, ROLL-16, ONK-11, D-10.</summary>
public sealed class ViewRuleTests
{
    [Fact]
    public async Task ONK_09_and_ROLL_16_the_receiver_sees_every_case_of_the_clinic_and_no_other()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 15:30");
        var cases = new List<CaseHandle>();
        for (var i = 0; i < 6; i++) cases.Add(await s.Case("Onkologimottagning 1", "Skicka meddelande"));
        foreach (var c in cases.Take(2)) (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        foreach (var c in cases.Skip(3)) (await s.Do("onk1.mott.a", c, "Fördela ärende", "Besvara själv", With(("svarstext", "Svar")))).ShouldBe(200);
        (await s.List("/api/cases?unit=onk1", "onk1.mott.b")).Should().HaveCount(6);
        (await s.List("/api/cases?unit=onk1&status=Inkommet", "onk1.mott.b")).Should().ContainSingle(c => c["id"]!.ToString() == cases[2].Id);
        (await s.List("/api/cases?q=", "onk2.mott")).Should().NotContain(c => cases.Any(mine => mine.Id == c["id"]!.ToString()));
        (await s.Send("onk2.mott", HttpMethod.Get, $"/api/cases/{cases[0].Id}")).ShouldBe(403);
    }

    [Fact]
    public async Task ONK_09_the_list_tells_what_each_case_is_about_but_not_to_an_auditor()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 10:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning", With(("subject", "Ont i ryggen")));

        (await s.List("/api/tasks?view=available", "onk1.mott.a")).Single(t => t["caseId"]?.ToString() == c.Id)["subject"]!.ToString().Should().Be("Ont i ryggen");
        (await s.List("/api/tasks?view=all", "revisor")).Single(t => t["caseId"]?.ToString() == c.Id)["subject"].Should().BeNull();
    }

    [Fact]
    public async Task ONK_11_the_first_opening_by_the_handler_begins_the_handling()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 10:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        (await c.Get())["startedAt"].Should().BeNull();
        await s.Task("onk1.hant", (await s.Inbox("onk1.hant", c)).Single(t => t.Title == "Handlägg ärende").Id);
        (await c.Get())["startedAt"].Should().BeNull("reading a task changes nothing");
        await s.Open("onk1.hant", c, "Handlägg ärende");
        (await c.Status()).Should().Be("Påbörjat");
        (await c.Get())["startedAt"].Should().NotBeNull();
        await s.Clock("2026-11-24 07:30");
        var sweep = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == "Daglig genomgång");
        (await s.Task("onk1.mott.a", sweep.Id)).ToJsonString().Should().NotContain(c.Id, "a case that is begun needs no look");
    }

    [Fact]
    public async Task X_06_and_D_12_an_expired_routine_stops_nothing_and_is_noted()
    {
        await using var s = await Scenario.StartAsync("2026-11-20 10:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        var routine = (await c.Get())["routine"]!;
        routine["documentId"]!.ToString().Should().Be("SU9775-406090012-115");
        routine["version"]!.ToString().Should().Be("11.0");
        routine["validity"]!.ToString().Should().Be("Passerad");
    }
}
