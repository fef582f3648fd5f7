using CaseWorkflows.Scenarios.Driver;

namespace CaseWorkflows.Scenarios.Complaints;

/// <summary>SC-20 No feedback in time. ROLL-07, D-06.</summary>
public sealed class SC20_NoFeedbackInTime
{
    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-11-25 11:00");

        // 1
        var c = await s.Case("Klinisk provningsenhet (KPE)", "Synpunkter och klagomål");

        // 2
        await s.Clock("2026-11-26 07:29");
        (await c.NoticesTo("klag", "Förfaller idag")).Should().Be(0);
        await s.Clock("07:30");
        (await c.NoticesTo("klag", "Förfaller idag")).Should().Be(1);
        (await c.Flags()).Should().Contain("Förfaller idag");
        await s.Clock("16:30");
        (await c.Flags()).Should().Contain("Flaggat – svarstid överskriden");
        (await c.NoticesTo("klag", "överskriden")).Should().Be(1);
        (await s.Inbox("klag", c)).Should().Contain(t => t.Title == "Åtgärda flaggat ärende");

        // 3
        await s.Clock("2026-11-27 16:29");
        (await c.NoticesTo("onk.vc", "")).Should().Be(0);
        await s.Clock("16:30");
        (await c.NoticesTo("onk.vc", "obesvarat")).Should().Be(1);

        // 4
        (await s.Do("klag", c, "Skicka första återkoppling", "Skicka")).ShouldBe(200);
        (await c.Flags()).Should().NotContain("Flaggat – svarstid överskriden");
        (await c.Audited("Svarstid överskriden")).Should().BeTrue();
        (await s.OpenTasks(c)).Should().Contain("Registrera i MedControl PRO").And.NotContain("Åtgärda flaggat ärende");
    }
}
