using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Monitoring;

/// <summary>The response clock of oncology: ONK-02, ROLL-06, D-06; and the doctor follow-up.</summary>
public sealed class ResponseClockTests
{
    [Fact]
    public async Task ONK_02_warning_flag_and_manager_over_Easter()
    {
        await using var s = await Scenario.StartAsync("2026-04-02 14:00");
        var c = await s.Case("Onkologimottagning 1", "Förnya recept");
        await s.Clock("2026-04-08 07:29");
        (await c.Flags()).Should().BeEmpty();
        await s.Clock("07:30");
        (await c.Flags()).Should().Equal("Förfaller idag");
        (await c.NoticesTo("onk1.mott.a", "Förfaller idag")).Should().Be(1);
        (await c.NoticesTo("onk1.mott.b", "Förfaller idag")).Should().Be(1);
        await s.Clock("16:30");
        (await c.Flags()).Should().Equal("Flaggat – svarstid överskriden");
        (await c.ClockState()).Should().Be("Överskriden");
        (await s.Inbox("onk1.mott.a", c)).Select(t => t.Title).Should().BeEquivalentTo("Fördela ärende", "Åtgärda flaggat ärende");
        await s.Clock("2026-04-09 16:30");
        (await c.NoticesTo("onk.vec", "obesvarat")).Should().Be(1);
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Besvara själv", With(("svarstext", "Svar")))).ShouldBe(200);
        (await c.ClockState()).Should().Be("Uppfylld");
        (await s.OpenTasks(c)).Should().BeEmpty();
    }

    [Fact]
    public async Task ROLL_06_Ascension_Day_is_skipped()
    {
        await using var s = await Scenario.StartAsync("2026-05-13 10:00");
        (await (await s.Case("Onkologimottagning 2", "Rådgivning")).Due()).Should().Be(Scenario.At("2026-05-18 16:30"));
    }

    [Fact]
    public async Task The_receiver_is_reminded_of_the_doctor_every_working_day()
    {
        await using var s = await Scenario.StartAsync("2026-11-19 10:00");
        var c = await s.Case("Onkologimottagning 1", "Förnya recept");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Kräver läkare", With(("team", 3)))).ShouldBe(200);
        (await s.Do("onk1.mott.a", c, "Skapa tidbok i ELVIS", "Klar", With(("elvis-referens", "T-1")))).ShouldBe(200);
        await s.Clock("2026-11-20 07:30");
        (await c.NoticesTo("onk1.mott.a", "Läkarens åtgärd")).Should().Be(1);
        (await s.Do("onk1.mott.a", c, "Följ upp läkarens åtgärd", "Påmind läkare")).ShouldBe(200);
        await s.Clock("2026-11-22 23:00");
        (await c.NoticesTo("onk1.mott.a", "Läkarens åtgärd")).Should().Be(1);
        await s.Clock("2026-11-23 07:30");
        (await c.NoticesTo("onk1.mott.a", "Läkarens åtgärd")).Should().Be(2);
        (await s.OpenTasks(c)).Should().Contain("Följ upp läkarens åtgärd");
    }

    [Fact]
    public async Task A_flagged_case_is_taken_back_for_new_distribution()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        await s.Clock("2026-11-25 16:30");
        (await s.Do("onk1.mott.a", c, "Åtgärda flaggat ärende", "Fördela om")).ShouldBe(200);
        (await s.OpenTasks(c)).Should().Equal("Fördela ärende");
        (await s.Tasks("onk1.hant", $"view=mine&case={c.Id}")).Should().BeEmpty();
    }
}
