using System.Collections.Concurrent;
using System.Diagnostics;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CaseWorkflows.Runtime.Tests;

public sealed class QueueTests : IDisposable
{
    private readonly TestDatabase _database = new();
    private readonly ITestOutputHelper _output;

    public QueueTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task A_timer_fires_in_system_time()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Flow.Chart("soon", Flow.Delay("wait", TimeSpan.FromMilliseconds(150)), Flow.Step("Elsa.End", "end")));

        var started = await host.StartAsync("soon");

        started.State!.Status.Should().Be(WorkflowStatus.Running);
        await Finished(host, started.InstanceId);
    }

    [Fact]
    public async Task Timers_due_at_once_are_handled_by_either_of_two_hosts_and_each_once()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        await using var other = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Flow.Chart("many", Flow.Delay("wait", TimeSpan.FromHours(1)), Flow.SetVariable("set", "Counter", 1), Flow.Step("Elsa.End", "end")));
        const int count = 200;
        for (var i = 0; i < count; i++) await host.StartAsync("many");

        await host.ExecuteAsync("UPDATE queue SET due = now() - interval '1 second' WHERE kind = 1");
        await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE finished_at IS NOT NULL") == count, "all timers fired");

        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 1")).Should().Be(0);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE revision <> 2")).Should().Be(0, "each timer is one burst");
        (await host.Get<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task With_a_hundred_thousand_pending_timers_a_host_is_ready_and_a_thousand_fire_once()
    {
        await using (var host = await RuntimeHost.StartAsync(_database, o => o.RunPump = false))
        {
            await host.PublishAsync(Flow.Chart("timers", Flow.Delay("wait", TimeSpan.FromDays(1)), Flow.Step("Elsa.End", "end")));
            var one = await host.StartAsync("timers");
            await MultiplyAsync(host, one.InstanceId, 100_000);
        }

        var clock = Stopwatch.StartNew();
        await using var ready = await RuntimeHost.StartAsync(_database);
        await ready.StartAsync("timers");
        _output.WriteLine($"ready after {clock.Elapsed.TotalSeconds:0.00} s");

        await ready.ExecuteAsync("UPDATE queue SET due = now() WHERE id IN (SELECT id FROM queue WHERE kind = 1 ORDER BY id LIMIT 1000)");
        clock.Restart();
        await RuntimeHost.EventuallyAsync(async () => await ready.ScalarAsync<long>("SELECT count(*) FROM instance WHERE finished_at IS NOT NULL") == 1000, "1000 timers fired");
        _output.WriteLine($"1000 fired in {clock.Elapsed.TotalSeconds:0.00} s");

        (await ready.ScalarAsync<long>("SELECT count(*) FROM instance WHERE finished_at IS NOT NULL AND revision <> 2")).Should().Be(0);
        (await ready.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 1")).Should().Be(100_002 - 1000);
    }

    [Fact]
    public async Task A_job_runs_outside_and_its_result_resumes_the_instance()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        var work = TestJob.Does((_, _) => Task.FromResult(new JobResult()));
        await host.PublishAsync(Job("job", work));

        var started = await host.StartAsync("job");

        started.State!.SubStatus.Should().Be(WorkflowSubStatus.Suspended);
        await Finished(host, started.InstanceId);
    }

    [Fact]
    public async Task A_failing_job_is_tried_again_with_the_same_key_and_becomes_an_incident_that_can_be_retried()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        var keys = new ConcurrentQueue<string>();
        var broken = true;
        var work = TestJob.Does((c, _) =>
        {
            keys.Enqueue(c.IdempotencyKey);
            return broken ? throw new InvalidOperationException("Mottagaren svarar inte") : Task.FromResult(new JobResult());
        });
        await host.PublishAsync(Job("failing", work));

        var started = await host.StartAsync("failing");
        await RuntimeHost.EventuallyAsync(async () => (await host.Instances.IncidentsAsync(started.InstanceId, true)).Count == 1, "an incident");
        var incident = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Single();
        (await host.FindAsync(started.InstanceId)).Summary.IncidentCount.Should().Be(1);
        keys.Should().HaveCount(3).And.OnlyContain(k => k == keys.First());

        broken = false;
        await host.Runtime.RetryIncidentAsync(new ResolveIncident { IncidentId = incident.Id, By = "drift", Reason = "Mottagaren är igång igen" });
        await Finished(host, started.InstanceId);

        (await host.FindAsync(started.InstanceId)).Summary.IncidentCount.Should().Be(0);
        var resolved = (await host.Instances.IncidentsAsync(started.InstanceId, false)).Single(i => i.Id == incident.Id);
        resolved.Resolution.Should().Be("Retry");
        resolved.ResolvedBy.Should().Be("drift");
        resolved.Message.Should().Contain("Mottagaren svarar inte");
    }

    [Fact]
    public async Task A_failed_job_can_be_skipped_with_a_reason()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Job("skipped", TestJob.Does((_, _) => throw new InvalidOperationException("nej"))));
        var started = await host.StartAsync("skipped");
        await RuntimeHost.EventuallyAsync(async () => (await host.Instances.IncidentsAsync(started.InstanceId, true)).Count == 1, "an incident");
        var incident = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Single();

        await host.Runtime.SkipIncidentAsync(new ResolveIncident { IncidentId = incident.Id, By = "drift", Reason = "Gjort för hand" });

        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
        (await host.Instances.IncidentsAsync(started.InstanceId, false)).Single().Reason.Should().Be("Gjort för hand");
    }

    [Fact]
    public async Task A_job_of_a_dead_host_is_taken_over_when_its_lease_has_run_out_and_the_late_result_is_dropped()
    {
        var runs = 0;
        var hold = new TaskCompletionSource();
        var work = TestJob.Does(async (_, _) =>
        {
            if (Interlocked.Increment(ref runs) == 1) await hold.Task;
            return new JobResult();
        });
        await using var slow = await RuntimeHost.StartAsync(_database, o => o.Lease = TimeSpan.FromSeconds(30));
        await slow.PublishAsync(Job("leased", work));
        var started = await slow.StartAsync("leased");
        await RuntimeHost.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref runs) == 1), "the job runs");

        await slow.ExecuteAsync("UPDATE queue SET lease_until = now() - interval '1 second' WHERE kind = 10");
        await using var other = await RuntimeHost.StartAsync(_database);
        await Finished(other, started.InstanceId);
        var revision = (await other.FindAsync(started.InstanceId)).Summary.Revision;
        hold.SetResult();
        await Task.Delay(300);

        runs.Should().Be(2);
        (await other.FindAsync(started.InstanceId)).Summary.Revision.Should().Be(revision, "the late result changes nothing");
    }

    [Fact]
    public async Task A_cancelled_instance_drops_its_jobs_result()
    {
        var hold = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Job("dropped", TestJob.Does(async (_, _) =>
        {
            begun.TrySetResult();
            await hold.Task;
            return new JobResult();
        })));
        var started = await host.StartAsync("dropped");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });
        hold.SetResult();
        await Task.Delay(200);

        (await host.FindAsync(started.InstanceId)).Summary.SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE instance_id = $1", started.InstanceId)).Should().Be(0);
    }

    [Fact]
    public async Task An_item_that_cannot_be_carried_out_is_parked_as_an_incident_and_can_be_skipped()
    {
        await using var host = await RuntimeHost.StartAsync(_database, o =>
        {
            o.MaxItemAttempts = 2;
            o.ItemRetryDelay = TimeSpan.FromMilliseconds(20);
        });
        await host.ExecuteAsync(
            "INSERT INTO queue (id, due, created_at, kind, trial, region, instance_id, payload) VALUES ($1, now(), now(), 4, false, 'VGR', $1, '{\"definitionId\":\"finns-inte\"}')", Guid.CreateVersion7());
        await RuntimeHost.EventuallyAsync(async () => (await host.Instances.IncidentsAsync(null, true)).Count == 1, "a parked item");
        var incident = (await host.Instances.IncidentsAsync(null, true)).Single();

        incident.Kind.Should().Be("Queue");
        await host.Runtime.SkipIncidentAsync(new ResolveIncident { IncidentId = incident.Id, By = "drift", Reason = "Finns inte längre" });

        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 4")).Should().Be(0);
        (await host.Instances.IncidentsAsync(null, true)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_of_the_outbox_is_sent_again_until_it_is_delivered()
    {
        var sender = new FlakySender();
        await using var host = await RuntimeHost.StartAsync(_database, services: s => s.AddSingleton<IOutboxSender>(sender));
        await host.PublishAsync(Flow.Durable("sends"));

        await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "sends", Region = "VGR", Participants = [new Sends()] });
        await RuntimeHost.EventuallyAsync(() => Task.FromResult(sender.Delivered.Count == 1), "the message is delivered");
        await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 11") == 0, "the message is gone");

        sender.Attempts.Should().Be(3);
        sender.Delivered.Single().Should().Be("hej");
    }

    public void Dispose() => _database.Dispose();

    internal static System.Text.Json.Nodes.JsonObject Job(string id, string work) => Flow.Chart(
        id, Flow.Step("Test.Job", "job", s => s["work"] = Flow.Literal("String", work)), Flow.Step("Elsa.End", "end"));

    private static Task Finished(RuntimeHost host, Guid id) =>
        RuntimeHost.EventuallyAsync(async () => (await host.FindAsync(id)).Summary.Status == WorkflowStatus.Finished, "the instance is finished");

    /// <summary>Copies one waiting instance with its timer; its journal is not copied, so the chain is not looked at here.</summary>
    private async Task MultiplyAsync(RuntimeHost host, Guid id, int count)
    {
        await host.ExecuteAsync(
            $"""
             WITH copies AS MATERIALIZED (SELECT uuidv7() AS id, uuidv7() AS queue_id FROM generate_series(1, {count})),
             instances AS (
               INSERT INTO instance SELECT (i).* FROM (SELECT jsonb_populate_record(src, jsonb_build_object('id', c.id)) AS i FROM copies c, instance src WHERE src.id = $1) x)
             INSERT INTO queue SELECT (q).* FROM (
               SELECT jsonb_populate_record(src, jsonb_build_object('id', c.queue_id, 'instance_id', c.id)) AS q FROM copies c, queue src WHERE src.instance_id = $1) y
             """,
            id);
        await _database.ExecuteAsOwnerAsync("ANALYZE");
    }

    private sealed class Sends : Participant
    {
        public override void AppendWrites(BurstScope scope, Npgsql.NpgsqlBatch batch) => scope.AddOutbox("flaky", new { text = "hej" });
    }

    private sealed class FlakySender : IOutboxSender
    {
        public string Kind => "flaky";

        public RetrySchedule Retry => new(5, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5));

        public int Attempts { get; private set; }

        public ConcurrentQueue<string> Delivered { get; } = new();

        public Task SendAsync(OutboxMessage message, CancellationToken ct)
        {
            Attempts++;
            if (message.Attempt < 3) throw new InvalidOperationException("busy");
            Delivered.Enqueue(message.Payload.GetProperty("text").GetString()!);
            return Task.CompletedTask;
        }
    }
}
