using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;
using static CaseWorkflows.Scenarios.Driver.Fields;

namespace CaseWorkflows.Scenarios.Monitoring;

/// <summary>Daily and weekly sweeps: ONK-10, ONK-37, ROLL-17, X-01, X-50.</summary>
public sealed class SweepRuleTests
{
    [Fact]
    public async Task ROLL_17_the_weekly_sweep_starts_on_the_first_working_day_and_is_due_on_the_last()
    {
        await using var s = await Scenario.StartAsync("2026-04-02 14:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        await s.Clock("2026-04-06 23:00");
        (await s.Inbox("onk1.mott.a")).Should().NotContain(t => t.Title == "Veckogenomgång");
        await s.Clock("2026-04-07 07:30");
        var task = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == "Veckogenomgång");
        task.Due.Should().Be(Scenario.At("2026-04-10 16:30"));
        Rows(await s.Task("onk1.mott.a", task.Id)).Select(r => r!["case"]!.ToString()).Should().Equal(c.Id);
        (await s.Inbox("onk1.mott.a")).Count(t => t.Title == "Daglig genomgång").Should().Be(1);
    }

    [Fact]
    public async Task ONK_10_a_sweep_that_was_not_done_is_noted_and_replaced_by_the_next()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        await s.Clock("2026-11-24 07:30");
        var first = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == "Daglig genomgång");
        first.Due.Should().Be(Scenario.At("2026-11-24 16:30"));
        await s.Clock("2026-11-25 07:30");
        var second = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == "Daglig genomgång");
        second.Id.Should().NotBe(first.Id);
        (await s.Complete("onk1.mott.a", first.Id, "Klar")).ShouldBe(409);
        (await s.List("/api/units/onk1/notices")).Should().Contain(n => n["to"]!.ToString() == "onk.vec");
    }

    [Fact]
    public async Task A_row_marked_to_distribute_anew_takes_the_case_back()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning");
        (await s.Do("onk1.mott.a", c, "Fördela ärende", "Fördela till ärendehanterare", With(("mottagare", "onk1.hant")))).ShouldBe(200);
        await s.Clock("2026-11-24 07:30");
        var sweep = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == "Daglig genomgång");
        var row = Rows(await s.Task("onk1.mott.a", sweep.Id)).Single()!;
        (await s.Complete("onk1.mott.a", sweep.Id, "Klar", With(("rows", new JsonArray(new JsonObject { ["key"] = row["key"]!.DeepClone(), ["value"] = "Fördela om" }))))).ShouldBe(200);
        (await s.OpenTasks(c)).Should().Equal("Fördela ärende");
    }

    [Fact]
    public async Task D_10_a_row_about_a_protected_identity_does_not_tell_what_the_case_is_about()
    {
        await using var s = await Scenario.StartAsync("2026-11-23 09:00");
        var c = await s.Case("Onkologimottagning 1", "Rådgivning", With(("patient", new JsonObject { ["name"] = "S", ["protectedIdentity"] = "Ja – skyddad" })));
        await s.Clock("2026-11-24 07:30");
        var sweep = (await s.Inbox("onk1.mott.a")).Single(t => t.Title == "Daglig genomgång");
        var row = Rows(await s.Task("onk1.mott.a", sweep.Id)).Single()!;
        row["case"]!.ToString().Should().Be(c.Id);
        row["ärendetyp"]!.ToString().Should().Be("Skyddad identitet");
        row["status"].Should().BeNull();
        row["orsak"]!.ToString().Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public async Task X_01_a_week_of_done_daily_sweeps_covers_an_empty_weekly_one(int daysDone, bool covered)
    {
        await using var s = await Scenario.StartAsync("2026-11-22 12:00");
        for (var day = 0; day < 5; day++)
        {
            await s.Clock($"2026-11-{23 + day} 07:30");
            if (day < daysDone) (await s.DoTask("onk1.mott.a", "Daglig genomgång", "Klar", unit: "Onkologimottagning 1")).ShouldBe(200);
        }

        await s.Clock("2026-11-27 16:30");
        (await s.Inbox("onk1.mott.a")).Any(t => t.Title == "Veckogenomgång").Should().Be(!covered);
        (await s.List("/api/units/onk1/notices")).Any(n => n["text"]!.ToString().Contains("Genomgången") && n["at"]!.GetValue<DateTimeOffset>() == Scenario.At("2026-11-27 16:30"))
            .Should().Be(!covered);
    }

    private static JsonArray Rows(JsonNode task) =>
        (JsonArray)task["form"]!["fields"]!.AsArray().Single(f => f!["key"]!.ToString() == "rows")!["value"]!;
}
