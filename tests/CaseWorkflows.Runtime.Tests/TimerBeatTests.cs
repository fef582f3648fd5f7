using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>A series in equal steps keeps its beat (F-5).</summary>
public sealed class TimerBeatTests : IDisposable
{
    private static readonly DateTimeOffset Eight = new(2026, 4, 2, 6, 0, 0, TimeSpan.Zero);   // 08:00 in Sweden
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task F_5_a_daily_timer_starts_at_eight_every_day_whatever_is_saved_in_between()
    {
        await using (var host = await RuntimeHost.ManualAsync(_database, Eight))
        {
            await host.PublishAsync(Every("daily", "1.00:00:00"));
            for (var day = 0; day < 3; day++)
            {
                await host.Clock.AdvanceAsync(Eight.AddDays(day).AddHours(12));
                await host.Get<ITriggerSchedule>().RescheduleAsync();
            }
        }

        // After a restart too.
        await using var later = await RuntimeHost.ManualAsync(_database, Eight);
        await later.Get<ITriggerSchedule>().RescheduleAsync();
        await later.Clock.AdvanceAsync(Eight.AddDays(4).AddHours(1));
        (await Starts(later, "daily")).Should().Equal(Eight.AddDays(1), Eight.AddDays(2), Eight.AddDays(3), Eight.AddDays(4));
    }

    [Fact]
    public async Task F_5_a_new_version_with_the_same_timer_keeps_the_beat_and_another_interval_begins_anew()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight);
        await host.PublishAsync(Every("daily", "1.00:00:00"));
        await host.Clock.AdvanceAsync(Eight.AddHours(12));
        await host.PublishAsync(Every("daily", "1.00:00:00"));
        (await host.ScalarAsync<DateTime>("SELECT due FROM queue WHERE kind = 6")).Should().Be(Eight.AddDays(1).UtcDateTime);

        await host.PublishAsync(Every("daily", "02:00:00"));
        (await host.ScalarAsync<DateTime>("SELECT due FROM queue WHERE kind = 6")).Should().Be(Eight.AddHours(14).UtcDateTime);
    }

    [Fact]
    public async Task F_5_a_row_of_before_without_its_interval_keeps_its_beat_too()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight);
        await host.PublishAsync(Every("daily", "1.00:00:00"));
        await host.ScalarAsync<long>("WITH u AS (UPDATE queue SET payload = payload - 'interval' WHERE kind = 6 RETURNING 1) SELECT count(*) FROM u");
        await host.Clock.AdvanceAsync(Eight.AddHours(12));
        await host.Get<ITriggerSchedule>().RescheduleAsync();
        (await host.ScalarAsync<DateTime>("SELECT due FROM queue WHERE kind = 6")).Should().Be(Eight.AddDays(1).UtcDateTime);
    }

    [Fact]
    public async Task F_5_an_interval_that_no_calendar_holds_is_refused_with_a_sentence()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight);
        var problem = (await FluentActions.Awaiting(() => host.PublishAsync(Every("never", "10675199.00:00:00"))).Should().ThrowAsync<DefinitionException>()).Which.Problems[0];
        problem.Message.Should().Be("’Mellanrum’ är 10675199.00:00:00. Högst 100 år går att vänta.");
        problem.NodeId.Should().EndWith("timer");
    }

    [Theory]
    [InlineData("Elsa.Delay", "timeSpan", "TimeSpan", "10675199.00:00:00", "Tiden 10675199.00:00:00 är för lång. Högst 100 år går att vänta.")]
    [InlineData("Elsa.Timer", "interval", "TimeSpan", "10675199.00:00:00", "Tiden 10675199.00:00:00 är för lång. Högst 100 år går att vänta.")]
    [InlineData("Elsa.StartAt", "dateTime", "DateTimeOffset", "9999-12-31", "Tidpunkten 9999-12-31 ligger för långt fram. Högst 100 år går att vänta.")]
    public async Task F_5_a_wait_that_no_calendar_holds_is_an_incident_in_Swedish(string type, string input, string kind, string value, string message)
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Eight);
        await host.PublishAsync(Flow.Chart("long", Flow.Step("Elsa.Start", "start"), Flow.Step(type, "wait", s => s[input] = Computed(kind, value)), Flow.Step("Elsa.End", "end")));
        await host.StartAsync("long");
        (await host.ScalarAsync<string>("SELECT message FROM incident")).Should().EndWith(message);

        // What stands in the definition is refused at publish already.
        static JsonObject Computed(string kind, string value) => new()
        {
            ["typeName"] = kind, ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = $"'{value}'" },
        };
    }

    [Fact]
    public void F_5_any_start_of_a_series_gives_the_first_later_beat()
    {
        var step = Gen.Choose(1, 100_000).Select(s => TimeSpan.FromSeconds(s));
        var moments = Gen.Choose(-1_000_000, 1_000_000).Two();
        Prop.ForAll(step.ToArbitrary(), moments.ToArbitrary(), (interval, m) =>
        {
            DateTimeOffset known = Eight.AddSeconds(m.Item1), after = Eight.AddSeconds(m.Item2);
            var next = TriggerPlan.OnBeat(new ScheduledOccurrence("", after + interval, new Dictionary<string, object?>(), null) { Interval = interval }, known, interval, after).DueAt;
            var walked = known;
            while (walked <= after) walked += interval;
            return next == walked;
        }).QuickCheckThrowOnFailure();
    }

    public void Dispose() => _database.Dispose();

    private static JsonObject Every(string id, string interval) => Flow.Chart(
        id,
        Flow.Step("Elsa.Timer", "timer", s =>
        {
            s["interval"] = Flow.Literal("TimeSpan", interval);
            s["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        }),
        Flow.Step("Elsa.End", "end"));

    private static async Task<IEnumerable<DateTimeOffset>> Starts(RuntimeHost host, string id) =>
        (await host.Instances.ListAsync(new InstanceFilter { DefinitionId = id }, new InstanceOrder(InstanceOrderBy.Created, false), 0, 100)).Items.Select(i => i.CreatedAt);
}
