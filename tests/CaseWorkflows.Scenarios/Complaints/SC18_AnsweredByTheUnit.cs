using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Complaints;

/// <summary>SC-18 Ward complaint answered by the unit, Midsummer. ONK-33 to ONK-35, ROLL-07.</summary>
public sealed class SC18_AnsweredByTheUnit
{
    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-06-18 15:00");

        // 1
        var c = await s.Case("Avdelning 69", "Synpunkter och klagomål");
        (await c.Due()).Should().Be(Scenario.At("2026-06-22 16:30"));
        (await s.Inbox("klag", c)).Select(t => t.Title).Should().BeEquivalentTo("Registrera i MedControl PRO", "Skicka första återkoppling");
        (await s.Inbox("avd69.ansv", c)).Should().BeEmpty();
        var prescription = await s.Case("Avdelning 69", "Förnya recept");
        (await s.OpenTasks(prescription)).Should().Equal("Ärendetypen erbjuds inte");

        // 2
        await s.Clock("2026-06-22 10:00");
        (await s.Do("klag", c, "Skicka första återkoppling", "Skicka")).ShouldBe(200);
        (await c.ClockState()).Should().Be("Uppfylld");

        // 3
        (await s.Do("klag", c, "Registrera i MedControl PRO", "Registrerat",
            With(("medcontrol-nummer", "MC-2026-002"), ("registrerat", "10:05"), ("klagomålets_karaktär", "Vårdmiljö"), ("kopplat_till_patient", true)))).ShouldBe(200);
        (await s.Do("klag", c, "Dirigera till berörd enhet", "Dirigera",
            With(("berörda_enheter", new JsonArray("Avdelning 69")), ("vem_besvarar", "Berörd enhet"), ("dirigerat_i_medcontrol", true)))).ShouldBe(200);

        // 4
        (await s.Do("avd54.ansv", c, "Utred klagomål", "Utredning klar", With(("sammanfattning", "Utrett.")))).ShouldBe(403);
        (await s.Do("avd69.ansv", c, "Utred klagomål", "Utredning klar", With(("utredning_klar", true), ("sammanfattning", "Utrett.")))).ShouldBe(200);
        (await s.Inbox("klag", c)).Should().BeEmpty();
        (await s.Do("avd54.ansv", c, "Besvara klagomål", "Skicka slutsvar", With(("svarstext", "Nej")))).ShouldBe(403);
        (await s.Do("avd69.ansv", c, "Besvara klagomål", "Skicka slutsvar", With(("svarstext", "Vi beklagar."), ("slutsvar_i_medcontrol_noterat", true)))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
    }
}
