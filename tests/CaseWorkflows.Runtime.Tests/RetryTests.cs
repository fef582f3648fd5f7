using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>What the database undoes for another's sake is done again, from the beginning, and not for ever.</summary>
public sealed class RetryTests : IDisposable
{
    private readonly TestDatabase _database = new();

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    public async Task Each_try_of_a_start_gets_objects_of_its_own(string state)
    {
        var undone = new Undone(state, 3);
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Flow.Durable("again"));

        var outcome = await host.Runtime.StartAsync(new StartWorkflow
        {
            DefinitionId = "again", Region = "VGR", AmbientOfTry = () => [new Counter()], Participants = [undone],
        });

        outcome.Kind.Should().Be(BurstOutcomeKind.Committed);
        undone.Seen.Should().Equal(1, 1, 1, 1);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance")).Should().Be(1);
    }

    [Fact]
    public async Task A_resume_an_event_and_a_decision_are_done_again_too()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Flow.Durable("waits"), Flow.Durable("hears", "Rop"));
        var waiting = await host.StartAsync("waits");
        await host.StartAsync("hears");

        var resumed = await host.Runtime.ResumeAsync(new ResumeWorkflow
        {
            InstanceId = waiting.InstanceId, BookmarkId = waiting.State!.Bookmarks.Single().Id, Participants = [new Undone("40P01", 2)],
        });
        var reached = await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Rop", StartTriggers = false, Participants = [new Undone("40P01", 2)] });

        resumed.Kind.Should().Be(BurstOutcomeKind.Committed);
        reached.Should().Be(1);
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE finished_at IS NULL")).Should().Be(0);
    }

    [Fact]
    public async Task After_the_last_try_the_database_is_busy_and_nothing_is_changed()
    {
        await using var host = await RuntimeHost.StartAsync(_database);
        await host.PublishAsync(Flow.Durable("never"));

        var start = () => host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "never", Region = "VGR", Participants = [new Undone("40P01", int.MaxValue)] });

        await start.Should().ThrowAsync<DatabaseUnavailableException>();
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance")).Should().Be(0);
    }

    [Fact]
    public async Task F_5_a_change_of_what_triggers_follow_reschedules_them_also_when_its_host_dies_before_it_has_asked()
    {
        var start = new DateTimeOffset(2026, 4, 2, 12, 30, 0, TimeSpan.Zero);
        await using var host = await RuntimeHost.ManualAsync(_database, start);
        await host.PublishAsync(Flow.Chart(
            "hourly", Flow.Step("Test.EveryHour", "hour", s => s["customProperties"] = new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true }), Flow.Step("Elsa.End", "end")));
        await host.ExecuteAsync("DELETE FROM queue WHERE kind = 6");

        await using (var c = await host.Data.OpenConnectionAsync())
        await using (var t = await c.BeginTransactionAsync())
        {
            await using var batch = new NpgsqlBatch(c, t);
            host.Get<ITriggerSchedule>().Append(batch, start);
            await batch.ExecuteNonQueryAsync();
            await t.CommitAsync();
        }

        // Nobody calls RescheduleAsync: the host is gone. Any pump carries it out.
        await RuntimeHost.EventuallyAsync(async () => await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 6") == 2, "they are rescheduled");
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE kind = 7")).Should().Be(0);
    }

    public void Dispose() => _database.Dispose();

    private sealed class Counter
    {
        public int Count { get; set; }
    }

    /// <summary>Lets the database undo the first transactions that it takes part in.</summary>
    private sealed class Undone(string state, int times) : Participant
    {
        private int _tries;

        /// <summary>What the counter of each try had come to.</summary>
        public List<int> Seen { get; } = [];

        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch)
        {
            if (scope.Find<Counter>() is { } counter) Seen.Add(++counter.Count);
            if (++_tries > times) return;
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"DO $$ BEGIN RAISE EXCEPTION 'undone' USING ERRCODE = '{state}'; END $$"));
        }
    }
}
