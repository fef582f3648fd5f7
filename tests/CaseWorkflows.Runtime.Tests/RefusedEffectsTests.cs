using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>What cannot be written of a burst is the incident of the step that it comes from, and nothing else is lost.</summary>
public sealed class RefusedEffectsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("SELECT 1 / 0", "av fel slag eller för stort (22012)")]
    [InlineData("INSERT INTO bookmark (instance_id, hash, id) VALUES (NULL, 1, 'x')", "går inte ihop med det som redan finns (235")]
    [InlineData(null, "Går inte att skriva")]
    public async Task Only_the_step_at_fault_fails(string? sql, string told)
    {
        await using var host = await RuntimeHost.StartAsync(database, services: s => s.AddSingleton<IBurstParticipant>(new Refusing(sql)));
        var id = $"net-{sql?.Length ?? 0}";
        await host.PublishAsync(Fork(id, Flow.SetVariable("good1", "Counter", 1), Flow.SetVariable("bad", "Counter", 2), Flow.Event("waits", $"Go {id}"), Flow.SetVariable("bad2", "Counter", 3)));

        var started = await host.StartAsync(id);

        var incidents = await host.Instances.IncidentsAsync(started.InstanceId, true);
        incidents.Select(i => i.NodeId!.Split(':')[^1]).Should().BeEquivalentTo(["bad", "bad2"]);
        incidents.Should().OnlyContain(i => i.Message.Contains(told));
        started.State!.Bookmarks.Should().ContainSingle("the branch beside goes on");
        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Running);
        (await host.Get<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();
        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = started.InstanceId });
    }

    [Fact]
    public async Task A_resume_that_cannot_be_written_fails_the_step_resumed_and_the_caller_is_answered()
    {
        await using var host = await RuntimeHost.StartAsync(database, services: s => s.AddSingleton<IBurstParticipant>(new Refusing(null)));
        await host.PublishAsync(Flow.Chart("net-resume", Flow.Event("waits", "Resume net"), Flow.SetVariable("bad", "Counter", 2), Flow.Step("Elsa.End", "end")));
        var started = await host.StartAsync("net-resume");

        await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Resume net", Region = "VGR" });

        (await host.Instances.IncidentsAsync(started.InstanceId, true)).Should().ContainSingle().Which.NodeId.Should().EndWith("bad");
    }

    [Fact]
    public async Task What_the_call_itself_writes_is_refused_to_the_caller()
    {
        await using var host = await RuntimeHost.StartAsync(database, services: s => s.AddSingleton<IBurstParticipant>(new Refusing(null, always: true)));
        await host.PublishAsync(Flow.Chart("net-caller", Flow.SetVariable("good1", "Counter", 1), Flow.Step("Elsa.End", "end")));

        await host.Invoking(h => h.StartAsync("net-caller")).Should().ThrowAsync<InvalidOperationException>();
        (await host.ScalarAsync<long>("SELECT count(*) FROM instance WHERE definition_id = 'net-caller'")).Should().Be(0);
    }

    private static JsonObject Fork(string id, params JsonObject[] branches)
    {
        var definition = Flow.Definition(id, Flow.Step("Elsa.Fork", "fork", s =>
        {
            s["joinMode"] = Flow.Literal("ForkJoinMode", "WaitAll");
            s["branches"] = new JsonArray([.. branches]);
        }));
        definition["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
        return definition;
    }

    /// <summary>Cannot write what a step called bad has come to.</summary>
    private sealed class Refusing(string? sql, bool always = false) : Participant
    {
        public override void AppendWrites(BurstScope scope, NpgsqlBatch batch)
        {
            if (!always && !scope.Result.Journal.Any(j => j.EventName == "Completed" && j.ActivityId.StartsWith("bad", StringComparison.Ordinal))) return;
            if (sql is null) throw new InvalidOperationException("Går inte att skriva");
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        }
    }
}
