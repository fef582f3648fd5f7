using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime.Tests.Kit;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Runtime.Tests;

/// <summary>Done means done: what a call causes is committed when it returns, whoever carries it out.</summary>
public sealed class CausedWorkTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_step_that_starts_a_routine_that_is_not_published_is_an_incident_until_there_is_one()
    {
        await using var host = await RuntimeHost.StartAsync(database);
        await host.PublishAsync(Flow.Chart("calls-missing", Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.ExecuteWorkflow", "call", s =>
        {
            s["workflowDefinitionId"] = Flow.Literal("String", "missing-yet");
            s["waitForCompletion"] = Flow.Literal("Boolean", true);
        }), Flow.Step("Elsa.End", "end")));
        var started = await host.StartAsync("calls-missing");
        var incident = (await host.Instances.IncidentsAsync(started.InstanceId, true)).Single();
        incident.Message.Should().Be("Arbetsflödet \"missing-yet\" finns inte eller är inte publicerat.");

        await host.PublishAsync(Flow.Chart("missing-yet", Flow.Step("Elsa.Start", "start"), Flow.Step("Elsa.End", "end")));
        await host.Runtime.RetryIncidentAsync(new ResolveIncident { IncidentId = incident.Id, By = "drift", Reason = "Nu finns den" });
        await RuntimeHost.EventuallyAsync(async () => (await host.FindAsync(started.InstanceId)).Summary.Status == Engine.State.WorkflowStatus.Finished, "the parent is finished");
    }

    [Fact]
    public async Task A_parent_waits_for_its_child_and_all_is_done_when_the_call_returns()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await host.PublishAsync(
            Flow.Chart("child", Flow.SetVariable("set", "Counter", 7), Flow.Step("Elsa.End", "end")),
            Flow.Chart("middle", Execute("call", "child"), Flow.Step("Elsa.End", "end")),
            Flow.Chart("parent", Execute("call", "middle"), Flow.Step("Elsa.End", "end")));

        var started = await host.Runtime.StartAsync(new StartWorkflow { DefinitionId = "parent", Region = "VGR", Name = "Rådgivning 17" });

        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
        (await host.ScalarAsync<long>("SELECT count(*) FROM queue WHERE root IS NOT NULL AND failed_at IS NULL")).Should().Be(0);
        var middle = (await host.Instances.ListAsync(new InstanceFilter { ParentId = started.InstanceId }, InstanceOrder.NewestFirst, 0, 10)).Items.Single();
        middle.DefinitionId.Should().Be("middle");
        middle.Region.Should().Be("VGR");
        middle.Name.Should().Be("Rådgivning 17", "a sub-routine is listed under what it belongs to");
    }

    [Fact]
    public async Task Resuming_the_child_finishes_the_parent_in_the_same_call_with_other_hosts_pumping()
    {
        await using var host = await RuntimeHost.StartAsync(database);
        await using var other = await RuntimeHost.StartAsync(database, o => o.PollInterval = TimeSpan.FromMilliseconds(1));
        await host.PublishAsync(Flow.Durable("waits", "Barn"), Flow.Chart("waiting-parent", Execute("call", "waits"), Flow.Step("Elsa.End", "end")));

        for (var i = 0; i < 10; i++)
        {
            var parent = await host.StartAsync("waiting-parent");
            var child = (await host.Instances.ListAsync(new InstanceFilter { ParentId = parent.InstanceId }, InstanceOrder.NewestFirst, 0, 10)).Items.Single();
            var bookmark = (await host.FindAsync(child.Id)).State.Bookmarks.Single();

            await host.Runtime.ResumeAsync(new ResumeWorkflow { InstanceId = child.Id, BookmarkId = bookmark.Id });

            (await host.FindAsync(parent.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
        }
    }

    [Fact]
    public async Task Cancelling_a_parent_cancels_its_children()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await host.PublishAsync(Flow.Durable("left", "Aldrig"), Flow.Chart("leaving", Execute("call", "left"), Flow.Step("Elsa.End", "end")));
        var parent = await host.StartAsync("leaving");

        await host.Runtime.CancelAsync(new CancelWorkflow { InstanceId = parent.InstanceId });

        var child = (await host.Instances.ListAsync(new InstanceFilter { ParentId = parent.InstanceId }, InstanceOrder.NewestFirst, 0, 10)).Items.Single();
        child.SubStatus.Should().Be(WorkflowSubStatus.Cancelled);
    }

    [Fact]
    public async Task An_event_reaches_those_with_its_name_and_correlation_only()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await host.PublishAsync(Flow.Durable("listens", "Provsvar"));
        var mine = await host.StartAsync("listens", correlationId: "mitt");
        var other = await host.StartAsync("listens", correlationId: "annat");

        var reached = await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Provsvar", CorrelationId = "mitt", Payload = new Dictionary<string, object?> { ["svar"] = "negativt" } });
        var none = await host.Runtime.PublishEventAsync(new PublishEvent { Name = "Okänd" });

        reached.Should().Be(1);
        none.Should().Be(0);
        (await host.FindAsync(mine.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
        (await host.FindAsync(other.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Running);
    }

    [Fact]
    public async Task A_published_event_starts_what_it_triggers_and_a_workflow_can_publish_one()
    {
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = false);
        await host.PublishAsync(
            Flow.Chart("triggered", Flow.Event("on", "Frånvaro", starts: true), Flow.Step("Elsa.End", "end")),
            Flow.Chart("publishes", Flow.Step("Elsa.PublishEvent", "say", s => s["eventName"] = Flow.Literal("String", "Frånvaro")), Flow.Step("Elsa.End", "end")));

        await host.StartAsync("publishes");

        var started = (await host.Instances.ListAsync(new InstanceFilter { DefinitionId = "triggered" }, InstanceOrder.NewestFirst, 0, 10)).Items.Should().ContainSingle().Subject;
        started.Status.Should().Be(WorkflowStatus.Finished);
        started.Region.Should().Be("VGR");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_fails_at_first_is_done_too_when_the_call_returns(bool pump)
    {
        var hiccups = new Hiccups(BurstStimulus.Child, 2);
        await using var host = await RuntimeHost.StartAsync(database, o => o.RunPump = pump, s => s.AddSingleton<IBurstParticipant>(hiccups));
        await host.PublishAsync(
            Flow.Chart("shaky", Flow.Step("Elsa.End", "end")), Flow.Chart("shaky-parent", Execute("call", "shaky"), Flow.Step("Elsa.End", "end")));

        var started = await host.StartAsync("shaky-parent");

        hiccups.Tries.Should().BeGreaterThan(2);
        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Finished);
    }

    [Fact]
    public async Task A_call_does_not_wait_for_ever_for_what_never_succeeds()
    {
        await using var host = await RuntimeHost.StartAsync(
            database, o => o.ItemRetryDelay = TimeSpan.FromMilliseconds(5), s => s.AddSingleton<IBurstParticipant>(new Hiccups(BurstStimulus.Child, int.MaxValue)));
        await host.PublishAsync(
            Flow.Chart("broken", Flow.Step("Elsa.End", "end")), Flow.Chart("broken-parent", Execute("call", "broken"), Flow.Step("Elsa.End", "end")));

        var started = await host.StartAsync("broken-parent");

        (await host.FindAsync(started.InstanceId)).Summary.Status.Should().Be(WorkflowStatus.Running);
        (await host.ScalarAsync<long>("SELECT count(*) FROM incident WHERE kind = 'Queue' AND resolved_at IS NULL")).Should().Be(1, "it stands as an incident for an operator");
    }

    private static JsonObject Execute(string id, string definitionId) => Flow.Step("Elsa.ExecuteWorkflow", id, s =>
    {
        s["workflowDefinitionId"] = Flow.Literal("String", definitionId);
        s["waitForCompletion"] = Flow.Literal("Boolean", true);
    });
}
