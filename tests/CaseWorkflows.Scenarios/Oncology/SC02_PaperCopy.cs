using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Oncology;

/// <summary>SC-02 Doctor needed, other team: paper copy. ONK-17, ONK-18, ONK-28, D-14.</summary>
public sealed class SC02_PaperCopy
{
    [Fact]
    public async Task Runs_as_written()
    {
        const string Print = "Skriv ut papperskopia och lämna till läkare";
        await using var s = await Scenario.StartAsync("2026-11-23 10:00");

        // 1-2
        var c = await s.Case("Onkologimottagning 1", "Begära/förnya intyg", With(("team", 1)));
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Kräver läkare", With(("team", 1)))).ShouldBe(200);

        // 3
        (await s.Do("onk1.mott.a", c, Print, "Klar", With(("läkare", "Läkare team 1"), ("överlämnad", "10:20"), ("kontaktuppgifter", "")))).ShouldBe400On("kontaktuppgifter");
        var printTask = (await s.Inbox("onk1.mott.a", c)).Single(t => t.Title == Print);
        (await s.Do("onk1.mott.a", c, Print, "Klar", With(("läkare", "Läkare team 1"), ("överlämnad", "10:20"), ("kontaktuppgifter", "Tfn 031-000 00 00")))).ShouldBe(200);
        var paper = await s.Send("onk1.mott.a", HttpMethod.Get, $"/api/cases/{c.Id}/print?task={printTask.Id}");
        paper.ShouldBe(200);
        paper.Body!.ToString().Should().Contain("031-000 00 00");
        (await c.Audit()).Should().Contain(h => h["event"]!.ToString().Contains("tskri", StringComparison.OrdinalIgnoreCase)
            && h["actor"]!["userName"]!.ToString() == "onk1.mott.a");

        // 4
        await s.Clock("2026-11-24 08:55");
        (await s.Do("onk1.mott.a", c, "Följ upp läkarens åtgärd", "Åtgärdat")).ShouldBe(200);
        (await s.Do("onk.lakare", c, "Svara och avsluta", "Avsluta", With(("svarstext", "Klart")))).ShouldBe(403);
        (await c.Audit()).Should().Contain(h => h["refused"]!.GetValue<bool>() && h["actor"]!["userName"]!.ToString() == "onk.lakare");
        (await s.OpenTasks(c)).Should().Equal("Svara och avsluta");

        // 5
        await s.Clock("09:00");
        (await s.Do("onk1.mott.a", c, "Svara och avsluta", "Avsluta")).ShouldBe400On("svarstext");
        (await s.Do("onk1.mott.a", c, "Svara och avsluta", "Avsluta", With(("svarstext", "Intyget är skickat.")))).ShouldBe(200);
        (await c.Status()).Should().Be("Avslutat med svar");
        (await c.Get())["closedByRole"]?.ToString().Should().Be("ärendemottagare");
        (await s.Tasks("admin", $"view=all&case={c.Id}")).Should().NotContain(t => t.Title.Contains("ELVIS"));
    }
}
