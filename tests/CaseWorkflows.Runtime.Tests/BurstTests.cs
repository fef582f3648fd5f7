using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

public sealed class BurstTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task An_instance_starts_waits_and_finishes()
    {
        await using var host = await RuntimeHost.StartAsync(database);
        await host.PublishAsync(Flow.Durable("simple"));

        var started = await host.StartAsync("simple");
        var waiting = await host.FindAsync(started.InstanceId);
        var resumed = await host.ResumeAsync(started);
        var finished = await host.FindAsync(started.InstanceId);

        waiting.Summary.SubStatus.Should().Be(WorkflowSubStatus.Suspended);
        resumed.Kind.Should().Be(BurstOutcomeKind.Committed);
        finished.Summary.Status.Should().Be(WorkflowStatus.Finished);
        finished.Summary.FinishedAt.Should().NotBeNull();
        finished.State.Variables.Values.Select(Convert.ToInt32).Should().Contain(42);
        (await host.ScalarAsync<long>("SELECT count(*) FROM bookmark WHERE instance_id = $1", started.InstanceId)).Should().Be(0);
    }

    [Fact]
    public async Task Of_two_who_complete_one_bookmark_one_wins()
    {
        await using var host = await RuntimeHost.StartAsync(database);
        await using var other = await RuntimeHost.StartAsync(database);
        await host.PublishAsync(Flow.Durable("race"));

        for (var round = 0; round < 10; round++)
        {
            var started = await host.StartAsync("race");
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? host : other).ResumeAsync(started)));

            outcomes.Count(o => o.Kind == BurstOutcomeKind.Committed).Should().Be(1);
            (await host.Instances.JournalAsync(started.InstanceId)).Count(e => e.ActivityId == "set" && e.EventName == "Completed").Should().Be(1);
        }
    }

    [Fact]
    public async Task A_start_is_one_round_trip_and_a_resume_two()
    {
        await using (var publisher = await RuntimeHost.StartAsync(database, o => o.RunPump = false)) await publisher.PublishAsync(Flow.Durable("trips"));
        using var proxy = new CountingProxy(database.ConnectionString);
        // One connection: on each of two the statements would have to be prepared, and which one is next depends on what the host does beside.
        await using var host = await RuntimeHost.StartAsync(
            new NpgsqlConnectionStringBuilder(proxy.ConnectionString) { MaxPoolSize = 1, ApplicationName = "trips" }.ConnectionString, o => o.RunPump = false);
        for (var i = 0; i < 5; i++) await host.ResumeAsync(await host.StartAsync("trips"));
        // The listener of the host's signals has a connection of its own, and on a busy machine signs in late.
        await using (var direct = NpgsqlDataSource.Create(database.ConnectionString))
        {
            await RuntimeHost.EventuallyAsync(
                async () =>
                {
                    await using var command = direct.CreateCommand(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'trips' AND state = 'idle' AND query LIKE 'LISTEN%' AND datname = current_database()");
                    return await command.ExecuteScalarAsync() is 1L;
                },
                "the host listens");
        }

        var before = proxy.RoundTrips;
        var started = await host.StartAsync("trips");
        var afterStart = proxy.RoundTrips;
        await host.ResumeAsync(started);
        var afterResume = proxy.RoundTrips;

        (afterStart - before).Should().Be(1);
        (afterResume - afterStart).Should().Be(2);
    }

    [Fact]
    public async Task A_backend_killed_in_the_burst_leaves_nothing_and_the_call_says_so()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await host.PublishAsync(Flow.Durable("killed"));
        var started = await host.StartAsync("killed");

        var call = () => host.Runtime.ResumeAsync(new ResumeWorkflow
        {
            InstanceId = started.InstanceId, BookmarkId = started.State!.Bookmarks.Single().Id, Participants = [new KillsOwnBackend(database.ConnectionString)],
        });
        await call.Should().ThrowAsync<DatabaseUnavailableException>();
        var after = await host.FindAsync(started.InstanceId);
        var again = await host.ResumeAsync(started);

        after.Summary.Status.Should().Be(WorkflowStatus.Running);
        after.Summary.Revision.Should().Be(1);
        again.Kind.Should().Be(BurstOutcomeKind.Committed);
        (await host.Get<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task A_participant_that_throws_rolls_everything_back()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await host.PublishAsync(Flow.Durable("refused"));
        var started = await host.StartAsync("refused");

        var call = () => host.Runtime.ResumeAsync(new ResumeWorkflow
        {
            InstanceId = started.InstanceId, BookmarkId = started.State!.Bookmarks.Single().Id, Participants = [new Refuses()],
        });

        await call.Should().ThrowAsync<InvalidOperationException>().WithMessage("refused");
        (await host.FindAsync(started.InstanceId)).Summary.Revision.Should().Be(1);
    }

    [Fact]
    public async Task A_query_runs_in_the_burst_and_the_burst_goes_on_with_its_answer()
    {
        await using var host = await RuntimeHost.StartAsync(database, services: s => s.AddCounting());
        await host.PublishAsync(Flow.Chart("asks", Flow.Step("Test.Ask", "ask"), Flow.Step("Elsa.End", "end")));
        var before = await host.ScalarAsync<long>("SELECT count(*) FROM instance");

        var started = await host.StartAsync("asks");

        started.State!.Status.Should().Be(WorkflowStatus.Finished);
        started.State.Variables.Values.Select(Convert.ToInt64).Should().Contain(before);
    }

    [Fact]
    public async Task Cancelling_takes_bookmarks_and_timers_in_the_same_transaction()
    {
        await using var host = await RuntimeHost.StartAsync(database);
        await host.PublishAsync(Flow.Chart("cancelled", Flow.Delay("wait", TimeSpan.FromHours(1)), Flow.Step("Elsa.End", "end")));
        var started = await host.StartAsync("cancelled");
        (await host.Instances.PendingAsync(started.InstanceId)).Should().ContainSingle(p => p.Kind == "Timer");

        var outcome = await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });
        var again = await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });

        outcome.State!.SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
        again.Kind.Should().Be(BurstOutcomeKind.AlreadyFinished);
        (await host.Instances.PendingAsync(started.InstanceId)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_does_not_exist_is_said_so()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);

        (await host.Runtime.ResumeAsync(new ResumeWorkflow { InstanceId = Guid.CreateVersion7(), BookmarkId = "x" })).Kind.Should().Be(BurstOutcomeKind.InstanceNotFound);
        await FluentActions.Awaiting(() => host.StartAsync("finns-inte")).Should().ThrowAsync<DefinitionNotFoundException>();
    }

    private sealed class Refuses : Participant
    {
        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch) => throw new InvalidOperationException("refused");
    }

    /// <summary>Finds out which backend the burst is on, and has it killed before the burst writes.</summary>
    private sealed class KillsOwnBackend(string connectionString) : Participant
    {
        public override void AppendReads(BurstReads reads, BurstSubject subject) => reads.Add("SELECT pg_backend_pid()");

        public override async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
        {
            await reader.ReadAsync(ct);
            scope.Ambient.Add(new Backend(reader.GetInt32(0)));
        }

        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch)
        {
            using var c = new NpgsqlConnection(connectionString);
            c.Open();
            using var kill = new NpgsqlCommand($"SELECT pg_terminate_backend({scope.Find<Backend>()!.Pid}, 2000)", c);
            kill.ExecuteNonQuery();
        }

        private sealed record Backend(int Pid);
    }
}
