using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Monitoring;

/// <summary>SC-04 Daily sweep and restart. ONK-10, ONK-37; persisted timers.</summary>
public sealed class SC04_DailySweepAndRestart
{
    private const string Sweep = "Daglig genomgång";

    [Fact]
    public async Task Runs_as_written()
    {
        await using var s = await Scenario.StartAsync("2026-05-13 09:00");

        // 1
        var first = await s.Case("Onkologimottagning 1", "Skicka meddelande");
        var second = await s.Case("Onkologimottagning 1", "Skicka meddelande");
        (await s.Do("onk1.mott.a", second, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        (await second.Status()).Should().Be("Fördelat");

        // 2
        await s.Clock("12:00");
        await s.RestartAsync();

        // Ascension Day
        await s.Clock("2026-05-14 23:00");
        (await s.Inbox("onk1.mott.a")).Should().NotContain(t => t.Title == Sweep);

        // 3
        await s.Clock("2026-05-15 07:30");
        foreach (var receiver in new[] { "onk1.mott.a", "onk1.mott.b" })
            (await s.Inbox(receiver)).Count(t => t.Title == Sweep).Should().Be(1, receiver);
        var task = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == Sweep);
        var rows = Rows(await s.Task("onk1.mott.a", task.Id));
        rows.Select(r => r!["case"]!.ToString()).Should().BeEquivalentTo([first.Id, second.Id]);
        rows.Select(r => r!["status"]!.ToString()).Should().BeEquivalentTo("Inkommet", "Fördelat");
        foreach (var c in new[] { first, second }) (await c.Due()).Should().Be(Scenario.At("2026-05-18 16:30"));

        // Another clinic has its own, empty
        var third = (await s.Inbox("onk3.mott")).Single(t => t.Title == Sweep);
        third.Id.Should().NotBe(task.Id);
        Rows(await s.Task("onk3.mott", third.Id)).Should().BeEmpty();
        (await s.Complete("onk3.mott", third.Id, "Klar")).ShouldBe(200);

        // 4
        (await s.Complete("onk1.mott.a", task.Id, "Klar", With(("rows", new JsonArray(Mark(rows[0]!)))))).ShouldBe400On("rows");
        (await s.Complete("onk1.mott.a", task.Id, "Klar", With(("rows", new JsonArray([.. rows.Select(r => (JsonNode)Mark(r!))]))))).ShouldBe(200);
        (await s.Inbox("onk1.mott.b")).Should().NotContain(t => t.Title == Sweep);
    }

    private static JsonArray Rows(JsonNode task) =>
        (JsonArray)task["form"]!["fields"]!.AsArray().Single(f => f!["key"]!.ToString() == "rows")!["value"]!;

    private static JsonObject Mark(JsonNode row) => new() { ["key"] = row["key"]!.DeepClone(), ["value"] = "Kontrollerad" };
}
