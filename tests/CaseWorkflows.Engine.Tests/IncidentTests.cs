using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>What fails, what goes on, and how it is mended.</summary>
public sealed class IncidentTests
{
    private const string Continue = "\"options\":{\"incidentStrategyType\":\"Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core\"},";
    private const string Broken = """[{"id":"v","name":"v","typeName":"String"}]""";

    [Fact]
    public void A_failing_step_ends_the_workflow_by_default()
    {
        var run = Run.Start(Sequence(Activity("f", "Elsa.Fault", Literal("message", "trasigt")), Line("z")));
        run.State.Should().BeEquivalentTo(new { Status = WorkflowStatus.Finished, SubStatus = WorkflowSubStatus.Faulted });
        run.State.Incidents.Single().Message.Should().Be("trasigt");
        run.ResumeBookmark("x").Disposition.Should().Be(BurstDisposition.AlreadyFinished);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Continue)]
    public void An_incident_can_be_skipped_with_a_reason(string options)
    {
        var run = Run.Start(Definition(Sequence(Activity("f", "Elsa.Fault"), Line("z")), "[]", options));
        run.Skip();
        run.Lines.Should().Equal("z");
        run.State.Should().BeEquivalentTo(new { SubStatus = WorkflowSubStatus.Finished, Incidents = Array.Empty<Incident>() });
        run.Effects.OfType<IncidentResolved>().Single().Reason.Should().Be("därför");
    }

    [Theory]
    [InlineData("")]
    [InlineData(Continue)]
    public void An_incident_can_be_retried_when_its_cause_is_gone(string options)
    {
        var definition = Definition(Flowchart(Activity("st", "Elsa.Start") + "," + Script("a", "lage.ok ? 'nu' : undefinedFunction()") + "," + Line("b") + "," + Line("z"), "st>a", "st>b", "a>z", "b>z"), "[]", options);
        var globals = new Globals();
        var run = Run.Start(definition, environment: new BurstEnvironment { Now = Now, Globals = [globals] });
        run.State.Incidents.Should().ContainSingle();
        globals.Ok = true;
        run.Retry();
        run.Lines.Should().BeEquivalentTo("b", "nu", "z");
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_job_runs_outside_and_its_result_goes_on()
    {
        var run = Run.Start(Flowchart(Activity("j", "Test.Job", Literal("to", "någon") + ",\"receipt\":{\"typeName\":\"String\",\"memoryReference\":{\"id\":\"v\"}}") + "," + Script("z", "getV()"), "j:Sent>z"), Broken);
        var job = run.Effects.OfType<JobRequested>().Single();
        job.JobType.Should().Be("Test.Job");
        job.Input["To"].Should().Be("någon");
        run.Resume("j", new JobResult { Outcomes = ["Sent"], Outputs = new Dictionary<string, object?> { ["Receipt"] = "kvitto" } });
        run.Lines.Should().Equal("kvitto");
    }

    [Fact]
    public void A_job_that_failed_its_last_try_is_an_incident_and_the_rest_goes_on()
    {
        var run = Run.Start(Flowchart(Activity("st", "Elsa.Start") + "," + Activity("j", "Test.Job", Literal("to", "x")) + "," + Event("e") + "," + Line("z"), "st>j", "st>e", "e>z"));
        run.FailJob("ingen kontakt");
        run.State.Should().BeEquivalentTo(new { Status = WorkflowStatus.Running, SubStatus = WorkflowSubStatus.Suspended });
        run.Resume("e");
        run.Lines.Should().Equal("z");
        run.Retry();
        run.Effects.OfType<JobRequested>().Should().HaveCount(2);
        run.Resume("j", new JobResult());
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void A_refused_stimulus_leaves_everything_as_it_was()
    {
        var registry = ActivityRegistry.CreateDefault().Register<Refusing>();
        var graph = Graph.WorkflowGraph.Compile(Definition(Sequence(Activity("r", "Test.Refusing"))), registry);
        var environment = new BurstEnvironment { Now = Now };
        var state = Burst.Start(graph, new StartBurst(Instance), environment).State;
        var before = state.Serialize();
        var act = () => Burst.Resume(graph, state, state.Bookmarks[0].Id, null, environment);
        act.Should().Throw<Refusal>();
        state.Serialize().Should().Equal(before);
    }

    [Fact]
    public void An_unknown_bookmark_changes_nothing()
    {
        var run = Run.Start(Sequence(Event("e")));
        run.ResumeBookmark("nej").NotFound.Should().BeTrue();
        run.Last.Effects.Should().BeEmpty();
    }

    [Fact]
    public void Cancelling_takes_everything_with_it()
    {
        var run = Run.Start(Flowchart(
            Activity("st", "Elsa.Start") + "," + Event("e") + "," + Activity("d", "Elsa.Delay", Literal("timeSpan", "01:00:00")) + ","
            + Activity("x", "Elsa.ExecuteWorkflow", Literal("workflowDefinitionId", "barn") + "," + Literal("waitForCompletion", "true")) + "," + Activity("w", "Elsa.DispatchWorkflow", Literal("workflowDefinitionId", "vidsidan")), "st>e", "st>d", "st>x", "st>w"));
        run.State.Bookmarks.Should().HaveCount(3);
        run.Cancel();
        run.State.Should().BeEquivalentTo(new { Status = WorkflowStatus.Finished, SubStatus = WorkflowSubStatus.Cancelled, Bookmarks = Array.Empty<Bookmark>(), Children = Array.Empty<Guid>() });
        run.Effects.OfType<BookmarkBurned>().Should().HaveCount(3).And.OnlyContain(b => b.Reason == BurnReason.Cancelled);
        run.Effects.OfType<ChildCancelled>().Should().HaveCount(2);
        run.Cancel().Disposition.Should().Be(BurstDisposition.AlreadyFinished);
    }

    [Fact]
    public void Finish_leaves_nothing_waiting()
    {
        var run = Run.Start(Flowchart(Activity("st", "Elsa.Start") + "," + Event("e") + "," + Activity("x", "Elsa.Finish"), "st>e", "st>x"));
        run.State.Bookmarks.Should().BeEmpty();
        run.Effects.OfType<BookmarkBurned>().Should().ContainSingle();
    }

    private sealed class Globals : Expressions.IExpressionGlobals
    {
        public bool Ok { get; set; }

        public void Register(Expressions.ExpressionGlobalsBuilder b) => b.Value("lage", () => new Dictionary<string, object?> { ["ok"] = Ok });
    }

    private sealed class Refusal() : StimulusRefusedException("nej");

    [Activity(Namespace = "Test")]
    private sealed class Refusing : Activity
    {
        protected override void Execute(ActivityExecutionContext c) => c.CreateBookmark("Refusing", null, null);

        protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
        {
            c.SetVariable("x", 1);
            throw new Refusal();
        }
    }
}
