using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Complaints;

/// <summary>SC-17 Complaint answered by the function. ONK-31 to ONK-34, ROLL-07.</summary>
public sealed class SC17_AnsweredByTheFunction
{
    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-10-30 15:00");

        // 1
        var c = await s.Case("Onkologimottagning 1", "Klagomål och synpunkter");
        (await c.Due()).Should().Be(Scenario.At("2026-11-02 16:30"));
        foreach (var user in new[] { "klag", "onk1.mott.a" })
            (await s.Inbox(user, c)).Select(t => t.Title).Should().Equal("Fördela ärende");

        // 2
        (await s.Do("klag", c, "Fördela ärende", "Till klagomålsfunktionen")).ShouldBe(200);
        (await s.Do("onk1.hant", c, "Skicka första återkoppling", "Skicka")).ShouldBe(403);

        // 3
        await s.Clock("2026-11-02 09:00");
        (await s.Do("klag", c, "Skicka första återkoppling", "Skicka")).ShouldBe(200);
        (await c.ClockState()).Should().Be("Uppfylld");
        (await c.Get())["closedAt"].Should().BeNull();
        (await c.Messages()).Should().ContainSingle(m => m["kind"]!.ToString() == "Första återkoppling");

        // 4
        var registered = With(("registrerat", "09:05"), ("klagomålets_karaktär", "Bemötande"), ("kopplat_till_patient", true));
        (await s.Do("klag", c, "Registrera i MedControl PRO", "Registrerat", registered)).ShouldBe400On("medcontrol-nummer");
        registered["medcontrol-nummer"] = "MC-2026-001";
        (await s.Do("klag", c, "Registrera i MedControl PRO", "Registrerat", registered)).ShouldBe(200);
        (await s.Do("klag", c, "Dirigera till berörd enhet", "Dirigera",
            With(("berörda_enheter", new JsonArray("Onkologimottagning 1")), ("vem_besvarar", "Klagomålsfunktionen"), ("dirigerat_i_medcontrol", true)))).ShouldBe(200);

        // 5
        (await s.Do("onk1.hant", c, "Utred klagomål", "Utredning klar")).ShouldBe(403);
        (await s.Do("onk1.ansv", c, "Utred klagomål", "Utredning klar", With(("utredning_klar", true), ("sammanfattning", "Utrett.")))).ShouldBe(200);
        (await s.Inbox("onk1.ansv", c)).Should().BeEmpty();
        (await s.Do("klag", c, "Besvara klagomål", "Skicka slutsvar", With(("svarstext", "Vi beklagar."), ("slutsvar_i_medcontrol_noterat", true)))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await s.OpenTasks(c)).Should().BeEmpty();
    }
}
