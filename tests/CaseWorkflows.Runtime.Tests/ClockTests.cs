using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Runtime.Tests;

public sealed class ClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 4, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly TestDatabase _database = new();

    [Fact]
    public async Task The_clock_stands_still_until_it_is_moved_and_is_shared_and_kept()
    {
        await using (var host = await RuntimeHost.ManualAsync(_database, Start))
        {
            (await host.Get<IBusinessClock>().NowAsync()).Should().Be(Start);
            await host.Clock.AdvanceAsync(Start.AddHours(1));
        }

        await using var other = await RuntimeHost.ManualAsync(_database, Start.AddYears(-1));
        (await other.Get<IBusinessClock>().NowAsync()).Should().Be(Start.AddHours(1), "the configured time only seeds an empty database");
    }

    [Fact]
    public async Task Backwards_is_refused()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start);

        await FluentActions.Awaiting(() => host.Clock.AdvanceAsync(Start.AddMinutes(-1))).Should().ThrowAsync<ClockBackwardsException>();
        (await host.Get<IBusinessClock>().NowAsync()).Should().Be(Start);
    }

    [Fact]
    public async Task What_fails_at_first_is_done_in_its_own_time_too()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start, s => s.AddSingleton<IBurstParticipant>(new Hiccups(BurstStimulus.Timer, 2)));
        await host.PublishAsync(Flow.Chart("shaky", Flow.Delay("wait", TimeSpan.FromMinutes(10)), Flow.Step("Elsa.End", "end")));
        var started = await host.StartAsync("shaky");

        await host.Clock.AdvanceAsync(Start.AddHours(1));

        (await Ends(host, started.InstanceId)).Should().Be(Start.AddMinutes(10));
    }

    [Fact]
    public async Task Due_work_runs_in_due_order_each_at_its_own_time()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start);
        await host.PublishAsync(
            Flow.Chart("two", Flow.Delay("first", TimeSpan.FromMinutes(10)), Flow.Delay("second", TimeSpan.FromMinutes(10)), Flow.Step("Elsa.End", "end")),
            Flow.Chart("one", Flow.Delay("only", TimeSpan.FromMinutes(15)), Flow.Step("Elsa.End", "end")));
        var two = await host.StartAsync("two");
        var one = await host.StartAsync("one");

        await host.Clock.AdvanceAsync(Start.AddHours(1));

        (await Ends(host, two.InstanceId)).Should().Be(Start.AddMinutes(20));
        (await Ends(host, one.InstanceId)).Should().Be(Start.AddMinutes(15));
        (await host.FindAsync(one.InstanceId)).Summary.UpdatedAt.Should().Be(Start.AddMinutes(15));
    }

    [Fact]
    public async Task A_timer_not_yet_due_stays()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start);
        await host.PublishAsync(Flow.Chart("later", Flow.Delay("wait", TimeSpan.FromHours(2)), Flow.Step("Elsa.End", "end")));
        var started = await host.StartAsync("later");

        await host.Clock.AdvanceAsync(Start.AddHours(2).AddTicks(-10));
        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Running);

        await host.Clock.AdvanceAsync(Start.AddHours(2));
        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
    }

    [Fact]
    public async Task Each_outside_job_that_falls_due_is_tried_once_before_the_call_returns()
    {
        var tries = 0;
        await using var host = await RuntimeHost.ManualAsync(_database, Start);
        var work = TestJob.Does((_, _) => Interlocked.Increment(ref tries) > 1 ? Task.FromResult(new JobResult()) : throw new InvalidOperationException("upptaget"));
        await host.PublishAsync(Flow.Chart(
            "job", Flow.Delay("wait", TimeSpan.FromMinutes(5)), Flow.Step("Test.Job", "job", s => s["work"] = Flow.Literal("String", work)), Flow.Step("Elsa.End", "end")));
        var started = await host.StartAsync("job");

        await host.Clock.AdvanceAsync(Start.AddMinutes(5));

        tries.Should().BeGreaterThanOrEqualTo(1);
        await RuntimeHost.EventuallyAsync(async () => (await host.FindAsync(started.InstanceId)).Summary.Status == WorkflowStatus.Finished, "the retry, which follows the machine's clock");
    }

    [Fact]
    public async Task A_failed_instance_keeps_its_timers_until_it_is_mended()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start);
        await host.PublishAsync(Flow.Definition("fails", Flow.Step("Elsa.Fork", "fork", s =>
        {
            s["joinMode"] = Flow.Literal("ForkJoinMode", "WaitAll");
            s["branches"] = new System.Text.Json.Nodes.JsonArray(
                Flow.Delay("wait", TimeSpan.FromMinutes(10)),
                Flow.Step("Elsa.Sequence", "seq", q => q["activities"] = new System.Text.Json.Nodes.JsonArray(
                    Flow.Delay("first", TimeSpan.FromMinutes(5)), Flow.Step("Elsa.Fault", "fault", f => f["message"] = Flow.Literal("String", "Går inte")))));
        })));
        var started = await host.StartAsync("fails");

        await host.Clock.AdvanceAsync(Start.AddHours(1));
        var failed = await host.FindAsync(started.InstanceId);
        var incident = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Single();
        await host.Runtime.SkipIncidentAsync(new ResolveIncident { IncidentId = incident.Id, By = "drift", Reason = "Gjort för hand" });
        await host.Clock.AdvanceAsync(Start.AddHours(1).AddMinutes(1));

        failed.Summary.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        (await host.FindAsync(started.InstanceId)).Summary.SubStatus.Should().Be(WorkflowSubStatus.Finished, "the timer that fell due meanwhile was kept");
    }

    [Fact]
    public async Task Scheduled_triggers_start_one_instance_per_key_at_each_time()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start.AddMinutes(30));
        await host.PublishAsync(Flow.Chart("hourly", Flow.Step("Test.EveryHour", "hour", s => s["customProperties"] = new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true }), Flow.Step("Elsa.End", "end")));

        await host.Clock.AdvanceAsync(Start.AddHours(3).AddMinutes(30));

        var started = await host.Instances.ListAsync(new InstanceFilter { DefinitionId = "hourly" }, new InstanceOrder(InstanceOrderBy.Created, false), 0, 100);
        started.Items.Select(i => i.CreatedAt).Should().Equal(Start.AddHours(1), Start.AddHours(1), Start.AddHours(2), Start.AddHours(2), Start.AddHours(3), Start.AddHours(3));
        var inputs = new List<string?>();
        foreach (var i in started.Items) inputs.Add((await host.FindAsync(i.Id)).State.Input["enhet"]?.ToString());
        inputs.Should().BeEquivalentTo(Enumerable.Repeat(new[] { "enhet-1", "enhet-2" }, 3).SelectMany(x => x));
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6")).Should().Be(2, "each series has one coming start");
    }

    [Fact]
    public async Task A_scheduled_start_that_another_host_has_carried_out_is_not_carried_out_again()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start.AddMinutes(30), options: o => o.RunPump = false);
        await host.PublishAsync(Flow.Chart("once", Flow.Step("Test.EveryHour", "hour", s => s["customProperties"] = new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true }), Flow.Step("Elsa.End", "end")));
        List<QueueItem> seen;
        await using (var c = await host.Data.OpenConnectionAsync()) seen = await QueueReader.DueAsync(c, Start.AddHours(1), 10, CancellationToken.None);
        await host.Clock.AdvanceAsync(Start.AddHours(1));   // the quicker host

        foreach (var item in seen) (await host.Get<QueueWorker>().RunAsync(item, skipLocked: true, CancellationToken.None)).Kind.Should().Be(BurstRunKind.ItemGone);

        seen.Should().HaveCount(2);
        (await host.Instances.ListAsync(new InstanceFilter { DefinitionId = "once" }, InstanceOrder.NewestFirst, 0, 10)).Items.Should().HaveCount(2);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6 AND due = $1", Start.AddHours(2).UtcDateTime)).Should().Be(2);
    }

    [Fact]
    public async Task Rescheduling_keeps_one_coming_start_per_key()
    {
        await using var host = await RuntimeHost.ManualAsync(_database, Start.AddMinutes(30));
        await host.PublishAsync(Flow.Chart("again", Flow.Step("Test.EveryHour", "hour", s => s["customProperties"] = new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true })));

        await Task.WhenAll(host.Get<ITriggerSchedule>().RescheduleAsync(), host.Get<ITriggerSchedule>().RescheduleAsync());

        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6")).Should().Be(2);
    }

    [Fact]
    public async Task A_recurring_job_of_the_host_runs_at_its_times_in_stockholm()
    {
        var job = new Nightly();
        await using var host = await RuntimeHost.ManualAsync(_database, Start, s => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IRecurringJob>(s, job));

        await host.Clock.AdvanceAsync(Start.AddDays(2));

        job.Runs.Should().Equal(new DateTimeOffset(2026, 4, 3, 1, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 4, 4, 1, 0, 0, TimeSpan.Zero));
    }

    public void Dispose() => _database.Dispose();

    private static async Task<DateTimeOffset> Ends(RuntimeHost host, Guid id) =>
        (await host.Instances.JournalAsync(id)).Last(e => e.ActivityId == "end").At;

    private sealed class Nightly : IRecurringJob
    {
        public List<DateTimeOffset> Runs { get; } = [];

        public string Name => "nightly";

        public string Cron => "0 0 3 * * ?";

        public Task RunAsync(DateTimeOffset now, CancellationToken ct)
        {
            Runs.Add(now);
            return Task.CompletedTask;
        }
    }
}
