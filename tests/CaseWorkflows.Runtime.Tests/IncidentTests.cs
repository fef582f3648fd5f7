using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>What has failed, and what an operator decides about it: steps, jobs, parked items, scheduled starts.</summary>
public sealed class IncidentTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 4, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database = new();

    [Fact]
    public async Task A_skipped_scheduled_start_moves_to_the_next_of_its_series_and_the_others_go_on_meanwhile()
    {
        var failing = new FailingStart("enhet-1");
        await using var host = await HourlyAsync(failing);

        await host.Clock.AdvanceAsync(Start.AddHours(2));
        var incident = (await host.Instances.IncidentsAsync(null, true)).Single();
        failing.Broken = false;
        await host.Runtime.SkipIncidentAsync(Resolve(incident, "Starten klockan ett behövs inte"));
        await host.Clock.AdvanceAsync(Start.AddHours(4));

        incident.Kind.Should().Be("Queue");
        (await StartsAsync(host)).Should().Equal("13 enhet-2", "14 enhet-2", "15 enhet-1", "15 enhet-2", "16 enhet-1", "16 enhet-2");
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6 AND failed_at IS NULL")).Should().Be(2, "each series has one coming start");
        (await host.Instances.IncidentsAsync(null, true)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_retried_scheduled_start_has_taken_place_when_the_call_returns()
    {
        var failing = new FailingStart("enhet-1");
        await using var host = await HourlyAsync(failing);

        await host.Clock.AdvanceAsync(Start.AddHours(1));
        failing.Broken = false;
        await host.Runtime.RetryIncidentAsync(Resolve((await host.Instances.IncidentsAsync(null, true)).Single()));

        (await StartsAsync(host)).Should().BeEquivalentTo("13 enhet-1", "13 enhet-2");
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6 AND due = $1", Start.AddHours(2).UtcDateTime)).Should().Be(2);
    }

    [Fact]
    public async Task A_retried_item_that_fails_again_is_parked_at_once_and_the_operator_hears_of_it()
    {
        await using var host = await HourlyAsync(new FailingStart("enhet-1"));
        await host.Clock.AdvanceAsync(Start.AddHours(1));
        var first = (await host.Instances.IncidentsAsync(null, true)).Single();
        await host.ExecuteAsync("UPDATE queue SET attempts = 5 WHERE failed_at IS NOT NULL");

        await host.Runtime.RetryIncidentAsync(Resolve(first)).WaitAsync(TimeSpan.FromSeconds(60));

        (await host.Instances.IncidentsAsync(null, true)).Should().ContainSingle().Which.Id.Should().NotBe(first.Id);
        (await host.ScalarAsync<int>("SELECT tries FROM incident WHERE resolved_at IS NULL")).Should().Be(6, "five before, and the one now");
    }

    [Fact]
    public async Task Of_two_operators_one_decides_about_a_parked_item_and_what_takes_part_is_written_once()
    {
        var failing = new FailingStart("enhet-1");
        await using var host = await HourlyAsync(failing);
        await _database.ExecuteAsOwnerAsync("CREATE TABLE taken_part (who text); GRANT ALL ON taken_part TO PUBLIC");
        await host.Clock.AdvanceAsync(Start.AddHours(1));
        var incident = (await host.Instances.IncidentsAsync(null, true)).Single();

        var outcomes = await Task.WhenAll(
            host.Runtime.SkipIncidentAsync(Resolve(incident) with { Participants = [new Note("a")] }),
            host.Runtime.RetryIncidentAsync(Resolve(incident) with { Participants = [new Note("b")] }));

        outcomes.Count(o => o.Kind == BurstOutcomeKind.Committed).Should().Be(1);
        outcomes.Count(o => o.NotFound).Should().Be(1);
        (await host.ScalarAsync<long>("SELECT count(*) FROM taken_part")).Should().Be(1);
    }

    [Fact]
    public async Task S_1_a_parked_start_that_many_try_again_at_once_runs_when_the_one_call_returns_and_no_host_is_blamed()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        var starts = Enumerable.Range(0, 20).Select(_ => new StartWorkflow { DefinitionId = "later", Region = "VGR" }).ToList();
        foreach (var start in starts) await host.Runtime.ParkStartAsync(start, "Rutinen är inte publicerad.", []);
        await host.PublishAsync(Flow.Chart("later", Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.End", "end")));

        foreach (var start in starts)
        {
            var decision = Resolve((await host.Instances.IncidentsAsync(start.InstanceId, true)).Single());
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                var outcome = await host.Runtime.RetryIncidentAsync(decision);
                return (outcome.Kind, Runs: outcome.Kind == BurstOutcomeKind.Committed && await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE id = $1", start.InstanceId) == 1);
            })));

            outcomes.Count(o => o.Kind == BurstOutcomeKind.Committed).Should().Be(1);
            outcomes.Count(o => o.Runs).Should().Be(1, "done means done");
            (await host.Instances.IncidentsAsync(start.InstanceId, true)).Should().BeEmpty();
        }

        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 4")).Should().Be(0);
    }

    [Fact]
    public async Task S_1_only_a_last_try_whose_lease_has_run_out_is_a_dead_hosts()
    {
        await using var host = await RuntimeHost.StartAsync(_database, o => o.RunPump = false);
        await host.PublishAsync(Flow.Chart("due", Flow.Delay("wait", TimeSpan.FromHours(1)), Flow.Step("Elsa.End", "end")));
        foreach (var (at, blamed) in new[] { ("NULL", false), ("timestamptz '-infinity'", false), ("now() - interval '1 second'", true) })
        {
            var id = (await host.StartAsync("due")).InstanceId;
            await host.ExecuteAsync($"UPDATE queue SET due = now() - interval '1 second', attempts = 5, not_before = {at}");
            var item = (await DueAsync(host)).Single();

            await host.Get<QueueWorker>().RunAsync(item, skipLocked: false, CancellationToken.None);

            (await host.Instances.IncidentsAsync(id, true)).Select(i => i.Message.Contains("värden stannade", StringComparison.Ordinal)).Should().Equal(blamed ? [true] : []);
            (await host.FindAsync(id)).Summary.Status.Should().Be(blamed ? WorkflowStatus.Running : WorkflowStatus.Finished);
        }

        // Read as it was before another gave it back: it has not been made, whoever counts it next.
        var again = (await host.StartAsync("due")).InstanceId;
        await host.ExecuteAsync("UPDATE queue SET due = now() - interval '1 second', attempts = 5, not_before = now() - interval '1 second' WHERE failed_at IS NULL");
        var read = (await DueAsync(host)).Single();
        await host.ExecuteAsync("UPDATE queue SET not_before = '-infinity' WHERE failed_at IS NULL");
        await host.Get<QueueFailures>().NoteAsync(read with { IsCounted = true }, new HostDiedException(5), CancellationToken.None);
        (await host.Instances.IncidentsAsync(again, true)).Should().BeEmpty();

        static async Task<List<QueueItem>> DueAsync(RuntimeHost host)
        {
            await using var c = await host.Data.OpenConnectionAsync();
            return await QueueReader.DueAsync(c, DateTimeOffset.UtcNow, 10, CancellationToken.None);
        }
    }

    [Fact]
    public async Task The_clock_moves_on_past_a_job_that_is_held_for_a_failed_instance_and_the_job_runs_when_it_is_mended()
    {
        var runs = 0;
        await using var host = await RuntimeHost.ManualAsync(_database, Start);
        await host.PublishAsync(ForkOf(
            "held", Job(TestJob.Does((_, _) => Task.FromResult(new JobResult { Outcomes = [Interlocked.Increment(ref runs).ToString(System.Globalization.CultureInfo.InvariantCulture)] }))), Fault("Går inte")));

        var started = await host.StartAsync("held");
        await host.Clock.AdvanceAsync(Start.AddHours(1));

        started.State!.SubStatus.Should().Be(WorkflowSubStatus.Faulted);
        runs.Should().Be(0, "the job waits with its instance");
        await host.Runtime.SkipIncidentAsync(Resolve((await host.Instances.IncidentsAsync(started.InstanceId, true)).Single()));
        await host.Clock.AdvanceAsync(Start.AddHours(2));
        runs.Should().Be(1);
        (await host.FindAsync(started.InstanceId)).Summary.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task A_job_that_ends_after_its_instance_has_failed_is_held_does_not_stop_the_clock_and_is_tried_again_when_it_is_mended()
    {
        var runs = 0;
        var begun = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        await using var host = await RuntimeHost.ManualAsync(_database, Start);
        var job = Job(TestJob.Does(async (_, _) =>
        {
            if (Interlocked.Increment(ref runs) > 1) return new JobResult();
            begun.SetResult();
            await hold.Task;
            return new JobResult();
        }));
        await host.PublishAsync(ForkOf("late", job, Flow.Step("Elsa.Sequence", "seq", s => s["activities"] = new JsonArray(Flow.Delay("wait", TimeSpan.FromMinutes(5)), Fault("Går inte")))));
        var started = await host.StartAsync("late");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var moving = host.Clock.AdvanceAsync(Start.AddMinutes(10));
        await RuntimeHost.EventuallyAsync(async () => (await host.FindAsync(started.InstanceId)).Summary.SubStatus == WorkflowSubStatus.Faulted, "the instance has failed");
        hold.SetResult();
        await moving.WaitAsync(TimeSpan.FromSeconds(60));

        (await host.Instances.PendingAsync(started.InstanceId)).Should().ContainSingle().Which.NotBefore.Should().Be(DateTimeOffset.MaxValue, "it waits for its instance");
        await host.Runtime.SkipIncidentAsync(Resolve((await host.Instances.IncidentsAsync(started.InstanceId, true)).Single()));
        await RuntimeHost.EventuallyAsync(async () => (await host.FindAsync(started.InstanceId)).Summary.SubStatus == WorkflowSubStatus.Finished, "the job has run again");
        runs.Should().Be(2);
    }

    [Fact]
    public async Task The_incident_of_a_branch_that_is_cancelled_is_nobodys_to_mend()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        var definition = ForkOf("dropped", Fault("Går inte"), Flow.Event("event", "Klart"));
        definition["root"]!["joinMode"] = Flow.Literal("ForkJoinMode", "WaitAny");
        definition["options"] = new JsonObject { ["incidentStrategyType"] = "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core" };
        await host.PublishAsync(definition);
        var started = await host.StartAsync("dropped");
        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle();

        await host.ResumeAsync(started);

        (await host.FindAsync(started.InstanceId)).Summary.Should().BeEquivalentTo(new { SubStatus = WorkflowSubStatus.Finished, IncidentCount = 0 });
        (await host.Instances.IncidentsAsync(started.InstanceId, false)).Should().ContainSingle().Which.Resolution.Should().Be("Cancelled");
    }

    [Theory]
    [InlineData(false, "Retried")]
    [InlineData(true, "Skipped")]
    public async Task Who_decided_and_why_stands_in_the_journal(bool skip, string entry)
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Flow.Chart("told", Flow.Step("Elsa.Start", "start"), Fault("Går inte")));
        var started = await host.StartAsync("told");
        var decision = Resolve((await host.Instances.IncidentsAsync(started.InstanceId, true)).Single(), "Gjort för hand");

        await (skip ? host.Runtime.SkipIncidentAsync(decision) : host.Runtime.RetryIncidentAsync(decision));

        var told = (await host.Instances.JournalAsync(started.InstanceId)).Single(e => e.EventName == entry);
        told.Payload!.ToJsonString(Plain).Should().Be("""{"By":"drift","Reason":"Gjort för hand"}""");
        (await host.Get<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();
    }

    public void Dispose() => _database.Dispose();

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ResolveIncident Resolve(IncidentRecord incident, string reason = "Åtgärdat") => new() { IncidentId = incident.Id, By = "drift", Reason = reason };

    private static JsonObject Job(string work) => Flow.Step("Test.Job", "job", s => s["work"] = Flow.Literal("String", work));

    private static JsonObject Fault(string message) => Flow.Step("Elsa.Fault", "fault", s => s["message"] = Flow.Literal("String", message));

    private static JsonObject ForkOf(string id, params JsonObject[] branches) => Flow.Definition(id, Flow.Step("Elsa.Fork", "fork", s =>
    {
        s["joinMode"] = Flow.Literal("ForkJoinMode", "WaitAll");
        s["branches"] = new JsonArray([.. branches]);
    }));

    /// <summary>Starts for two units at every full hour; an item that fails is parked at once.</summary>
    private async Task<RuntimeHost> HourlyAsync(FailingStart failing)
    {
        var host = await RuntimeHost.ManualAsync(_database, Start.AddMinutes(30), s => s.AddSingleton<IBurstParticipant>(failing), o => o.MaxItemAttempts = 1);
        await host.PublishAsync(Flow.Chart("hourly", Flow.Step("Test.EveryHour", "hour", s => s["customProperties"] = new JsonObject { ["canStartWorkflow"] = true })));
        return host;
    }

    private static async Task<List<string>> StartsAsync(RuntimeHost host)
    {
        var page = await host.Instances.ListAsync(new InstanceFilter { DefinitionId = "hourly" }, new InstanceOrder(InstanceOrderBy.Created, false), 0, 100);
        var starts = new List<string>();
        foreach (var i in page.Items) starts.Add($"{i.CreatedAt.UtcDateTime:HH} {(await host.FindAsync(i.Id)).State.Input["enhet"]}");
        starts.Sort(StringComparer.Ordinal);
        return starts;
    }

    private sealed class FailingStart(string unit) : Participant
    {
        public bool Broken { get; set; } = true;

        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch)
        {
            if (Broken && scope.IsNew && scope.Result.State.Input.GetValueOrDefault("enhet") as string == unit) throw new InvalidOperationException("Enheten svarar inte");
        }
    }

    private sealed class Note(string who) : Participant
    {
        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch) =>
            batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO taken_part VALUES ($1)") { Parameters = { new() { Value = who } } });
    }
}
