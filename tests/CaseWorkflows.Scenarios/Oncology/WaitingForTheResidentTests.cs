using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>Counter-questions, replies and their clocks. ONK-15, X-47, X-50.</summary>
public sealed class WaitingForTheResidentTests
{
    private const string Handle = "Handlägg ärende";

    [Fact]
    public async Task X_50_the_residents_reply_starts_a_new_clock_and_the_asker_has_the_case_again()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        var c = await Asked(s);
        (await c.Status()).Should().Be("Väntar på invånaren");
        (await c.ClockState()).Should().Be("Uppfylld");
        (await s.OpenTasks(c)).Should().BeEmpty();

        await s.Clock("2026-11-24 10:00");
        await s.Reply(c, "Det är den vänstra.");
        (await s.Tasks("onk1.hant", $"view=mine&case={c.Id}")).Should().ContainSingle(t => t.Title == Handle);
        (await c.Flags()).Should().Contain("Nytt svar från invånaren");
        (await c.Due()).Should().Be(Scenario.At("2026-11-26 16:30"));
        (await c.ClockState()).Should().Be("Löper");

        await s.Clock("2026-11-26 07:30");
        (await c.Flags()).Should().Contain("Förfaller idag");
        (await s.Do("onk1.hant", c, Handle, "Svara och avsluta", With(("svarstext", "Tack.")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.ClockState()).Should().Be("Uppfylld");
        (await c.Flags()).Should().BeEmpty();
    }

    [Fact]
    public async Task X_47_silence_gives_a_reminder_after_five_and_a_decision_after_ten_working_days()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        var c = await Asked(s);
        await s.Clock("2026-11-27 23:00");
        (await c.Messages()).Should().HaveCount(1);
        await s.Clock("2026-11-30 07:30");
        (await c.Messages()).Should().HaveCount(2);
        await s.Clock("2026-12-04 23:00");
        (await s.OpenTasks(c)).Should().BeEmpty();
        await s.Clock("2026-12-07 07:30");
        (await s.OpenTasks(c)).Should().Equal("Avsluta efter uteblivet svar?");
        (await s.Do("onk1.hant", c, "Avsluta efter uteblivet svar?", "Avsluta")).ShouldBe400On("svarstext");
        (await s.Do("onk1.hant", c, "Avsluta efter uteblivet svar?", "Avsluta", With(("svarstext", "Vi avslutar ärendet.")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.Get())["workflowInstances"]!.AsArray().Should().OnlyContain(i => i!["status"]!.ToString() == "Finished");
    }

    [Fact]
    public async Task The_receiver_who_asked_gets_the_reply()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        var c = await s.Case("Onkologimottagning 1", "Skicka meddelande");
        (await s.Do("onk1.mott.b", c, "Fördela ärende", "Besvara själv", With(("svarstyp", "Motfråga"), ("svarstext", "Vilken dag?")))).ShouldBe(200);
        await s.Reply(c, "Måndag");
        (await s.Tasks("onk1.mott.b", $"view=mine&case={c.Id}")).Should().ContainSingle(t => t.Title == "Fördela ärende");
    }

    private static async Task<CaseHandle> Asked(Scenario s)
    {
        var c = await s.Case("Onkologimottagning 1", "Rådgivning", With(("team", 1)));
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        (await s.Do("onk1.hant", c, Handle, "Motfråga", With(("svarstext", "Vilken sida?")))).ShouldBe(200);
        return c;
    }
}
