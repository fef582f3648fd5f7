using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Monitoring;

/// <summary>SC-06 Handler sick more than 2 days. ONK-29, ONK-30, X-14.</summary>
public sealed class SC06_HandlerSick
{
    private const string Inform = "Informera ärendemottagarna om frånvaro";
    private const string Cover = "Bevaka kollegas ärenden";

    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-11-19 08:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);

        // 1
        await s.Clock("2026-11-20 08:00");
        (await s.Send("onk.vec", HttpMethod.Post, "/api/absences", With(("person", "onk1.hant"), ("from", "2026-11-20"), ("to", null), ("reason", "sjukdom")))).ShouldBe(201);

        // 2
        var before = (await c.Notices()).Count;
        await s.Clock("2026-11-22 12:00");
        (await s.Inbox("onk.vec")).Should().NotContain(t => t.Title == Inform);

        // 3
        await s.Clock("2026-11-23 07:30");
        var task = (await s.Inbox("onk.vec")).Single(t => t.Title == Inform);
        (await s.Task("onk.vec", task.Id)).ToJsonString().Should().Contain(c.Id);
        (await c.Notices()).Where(n => n["at"]!.GetValue<DateTimeOffset>() is var at && at > Scenario.At("2026-11-21 00:00") && at < Scenario.At("2026-11-23 00:00")).Should().BeEmpty();
        before.Should().BeGreaterThan(0);

        // 4
        (await s.Complete("onk.vec", task.Id, "Klar")).ShouldBe400On("kanal");
        (await s.Complete("onk.vec", task.Id, "Klar", With(("kanal", "Fax")))).ShouldBe400On("kanal");
        (await s.Complete("onk.vec", task.Id, "Klar", With(("Kontaktsätt", "Telefon")))).ShouldBe(200);

        // Cover on the third working day, not before
        await s.Clock("2026-11-24 07:29");
        (await s.Inbox("onk1.hant2")).Should().NotContain(t => t.Title == Cover);
        await s.Clock("07:30");
        (await s.Inbox("onk1.hant2")).Should().Contain(t => t.Title == Cover);
    }
}
