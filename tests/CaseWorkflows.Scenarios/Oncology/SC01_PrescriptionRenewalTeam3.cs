using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>SC-01 Prescription renewal, Team 3, before Easter. ONK-02, ONK-16, ONK-20, ONK-28.</summary>
public sealed class SC01_PrescriptionRenewalTeam3
{
    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-04-02 14:00");

        // 1
        var c = await s.Case("Onkologimottagning 1", "Förnya recept", With(("team", 3)));
        (await c.Due()).Should().Be(Scenario.At("2026-04-08 16:30"));
        (await c.Status()).Should().Be("Inkommet");
        foreach (var receiver in new[] { "onk1.mott.a", "onk1.mott.b" })
            (await s.Inbox(receiver, c)).Select(t => t.Title).Should().Equal("Fördela ärende");
        foreach (var other in new[] { "onk1.hant", "onk2.mott", "onk3.mott", "onk.lakare", "onk.vec" })
            (await s.Inbox(other, c)).Should().BeEmpty($"{other} has nothing to do with it yet");
        var task = await s.Open("onk1.mott.a", c, "Fördela ärende");
        task["createdAt"]!.GetValue<DateTimeOffset>().Should().Be(Scenario.At("2026-04-02 14:00"));
        task["outcomes"]!.AsArray().Where(o => o!["preselected"]!.GetValue<bool>()).Select(o => o!["name"]!.ToString()).Should().Equal("Kräver läkare");

        // 2
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Kräver läkare", With(("team", 3)))).ShouldBe(200);

        // 3
        (await s.Do("onk1.mott.a", c, "Skapa tidbok i ELVIS", "Klar")).ShouldBe400On("elvis-referens");
        (await s.Do("onk1.mott.a", c, "Skapa tidbok i ELVIS", "Klar", With(("elvis-referens", "T-77")))).ShouldBe(200);
        (await s.Tasks("admin", $"view=all&case={c.Id}")).Should().NotContain(t => t.Title.Contains("papperskopia"));

        // 4
        await s.Clock("2026-04-08 07:30");
        (await c.Flags()).Should().Contain("Förfaller idag");
        (await c.NoticesTo("onk1.mott.a", "Förfaller idag")).Should().Be(1);

        // 5
        await s.Clock("15:00");
        (await s.Do("onk1.mott.a", c, "Följ upp läkarens åtgärd", "Åtgärdat")).ShouldBe(200);
        (await s.Do("onk1.mott.a", c, "Svara och avsluta", "Avsluta", With(("svarstext", "Receptet är förnyat.")))).ShouldBe(200);
        var sent = (await c.Messages()).Should().ContainSingle().Subject;
        sent["kind"]!.ToString().Should().Be("Svar");
        sent["sentAt"]!.GetValue<DateTimeOffset>().Should().Be(Scenario.At("2026-04-08 15:00"));
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.ClockState()).Should().Be("Uppfylld");
        (await c.Flags()).Should().BeEmpty();
        (await s.OpenTasks(c)).Should().BeEmpty();
        (await c.Get())["workflowInstances"]!.AsArray().Should().OnlyContain(i => i!["status"]!.ToString() == "Finished");
        (await c.Audit()).Select(h => h["at"]!.GetValue<DateTimeOffset>())
            .Should().NotContain(at => at >= Scenario.At("2026-04-03 00:00") && at < Scenario.At("2026-04-07 00:00"), "nothing fires over Easter");
    }
}
