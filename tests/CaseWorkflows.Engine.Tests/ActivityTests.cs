using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

public sealed class ActivityTests
{
    [Fact]
    public void Delay_waits_and_arms_a_timer()
    {
        var run = Run.Start(Sequence(Activity("d", "Elsa.Delay", Literal("timeSpan", "1.00:00:00")), Line("z")));
        run.Effects.OfType<TimerArmed>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Due = Now.AddDays(1), BookmarkId = run.State.Bookmarks[0].Id });
        run.Resume("d");
        run.Lines.Should().Equal("z");
        run.Effects.OfType<BookmarkBurned>().Should().ContainSingle().Which.Reason.Should().Be(BurnReason.Resumed);
    }

    [Theory]
    [InlineData("2026-03-02 09:30", "2026-03-02T09:30+01:00")]
    [InlineData("2026-07-01T06:00:00Z", "2026-07-01T08:00+02:00")]
    [InlineData("12/24/2026 12:00:00 AM", "2026-12-24T00:00+01:00")]
    public void StartAt_understands_times_as_people_and_the_designer_write_them(string text, string due) =>
        Run.Start(Sequence(Activity("s", "Elsa.StartAt", Literal("dateTime", text)))).Effects.OfType<TimerArmed>().Single().Due.Should().Be(DateTimeOffset.Parse(due));

    [Theory]
    [InlineData("0 0 8 * * MON-FRI", "2026-03-03T08:00+01:00")]
    [InlineData("0 0 8 * * 1-5", "2026-03-03T08:00+01:00")]
    [InlineData("0 7 * * 0", "2026-03-08T07:00+01:00")]
    [InlineData("0 30 2 29 3 *", "2027-03-29T02:30+02:00")]
    [InlineData("0 0 12 1 * ?", "2026-04-01T12:00+02:00")]
    [InlineData("0 0 * * * *", "2026-03-02T09:00+01:00")]
    public void Cron_runs_on_swedish_wall_clock(string cron, string due)
    {
        var from = cron.Contains("29 3", StringComparison.Ordinal) ? Now.AddMonths(1) : Now;
        var graph = Compile(Definition(Sequence(Activity("c", "Elsa.Cron", Literal("cronExpression", cron) + ",\"customProperties\":{\"canStartWorkflow\":true}"))));
        var trigger = graph.Triggers.Should().ContainSingle().Which.Should().BeAssignableTo<IScheduledTrigger>().Subject;
        trigger.Next(new TriggerContext(new BurstEnvironment { Now = from }), from, null).Single().DueAt.Should().Be(DateTimeOffset.Parse(due));
    }

    [Fact]
    public void Timer_gives_the_next_start()
    {
        var graph = Compile(Definition(Sequence(Activity("t", "Elsa.Timer", Literal("interval", "00:05:00") + ",\"customProperties\":{\"canStartWorkflow\":true}"))));
        ((IScheduledTrigger)graph.Triggers[0]).Next(new TriggerContext(new BurstEnvironment { Now = Now }), Now, null).Single().DueAt.Should().Be(Now.AddMinutes(5));
    }

    [Fact]
    public void An_event_that_starts_the_workflow_gives_what_came_with_it()
    {
        var e = """{"id":"e","type":"Elsa.Event","version":1,"customProperties":{"canStartWorkflow":true},"eventName":{"typeName":"String","expression":{"type":"Literal","value":"Go"}},"result":{"typeName":"Object","memoryReference":{"id":"r"}}}""";
        var definition = Definition(Flowchart(e + "," + Script("a", "getR().x"), "e>a"), """[{"id":"r","name":"r","typeName":"Object"}]""");
        ((IEventTrigger)Compile(definition).Triggers[0]).EventName(new TriggerContext(new BurstEnvironment { Now = Now })).Should().Be("Go");
        Run.Start(definition, trigger: "Workflow1:f:e", payload: new Dictionary<string, object?> { ["x"] = 5 }).Lines.Should().Equal("5");
    }

    [Fact]
    public void Coming_back_to_the_trigger_is_to_wait_for_it_again()
    {
        var run = Run.Start(Definition(Flowchart(Activity("t", "Elsa.Timer", Literal("interval", "00:05:00") + ",\"customProperties\":{\"canStartWorkflow\":true}") + "," + Line("a"), "t>a", "a>t")), trigger: "Workflow1:f:t");
        run.Lines.Should().Equal("a");
        run.State.Bookmarks.Should().ContainSingle().Which.Name.Should().Be("Timer");
    }

    [Fact]
    public void The_journal_tells_inputs_outputs_and_outcomes_by_the_names_the_designer_shows()
    {
        var run = Run.Start(Flowchart(Activity("i", "Elsa.If", JavaScript("condition", "1 < 2")) + "," + Activity("d", "Elsa.FlowDecision", JavaScript("condition", "false")), "i>d"));
        var started = run.Last.Journal.Single(j => j.ActivityId == "i" && j.EventName == "Started");
        started.State!.ToJsonString().Should().Be("{\"Condition\":true}");
        run.Last.Journal.Single(j => j.ActivityId == "i" && j.EventName == "Completed").Outputs!.ToJsonString().Should().Be("{\"Result\":true}");
        run.Last.Journal.Single(j => j.ActivityId == "d" && j.EventName == "Completed").Payload!.ToJsonString().Should().Be("{\"Outcomes\":[\"False\"]}");
        started.ParentActivityInstanceId.Should().Be(run.Last.Journal.First(j => j.ActivityId == "f").ActivityInstanceId);
    }

    [Fact]
    public void PublishEvent_is_an_effect()
    {
        var run = Run.Start(Sequence(Activity("p", "Elsa.PublishEvent", Literal("eventName", "Hej") + "," + Literal("correlationId", "c") + "," + JavaScript("payload", "({a:1})"))));
        run.Effects.OfType<EventPublished>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "Hej", CorrelationId = "c", LocalToInstance = false });
    }

    [Fact]
    public void RunTask_asks_and_takes_the_answer()
    {
        var task = """{"id":"t","type":"Elsa.RunTask","version":1,"taskName":{"typeName":"String","expression":{"type":"Literal","value":"Ring"}},"result":{"typeName":"Object","memoryReference":{"id":"r"}}}""";
        var run = Run.Start(Sequence(task, Script("a", "getR()")), """[{"id":"r","name":"r","typeName":"String"}]""");
        run.Effects.OfType<TaskRequested>().Single().TaskName.Should().Be("Ring");
        run.State.Bookmarks[0].Payload!["taskName"]!.GetValue<string>().Should().Be("Ring");
        run.Resume("t", "svar");
        run.Lines.Should().Equal("svar");
    }

    [Fact]
    public void ExecuteWorkflow_waits_for_its_child_and_gives_its_output()
    {
        var run = Run.Start(Sequence("""{"id":"x","type":"Elsa.ExecuteWorkflow","version":1,"workflowDefinitionId":{"typeName":"String","expression":{"type":"Literal","value":"barn"}},"waitForCompletion":{"typeName":"Boolean","expression":{"type":"Literal","value":true}},"input":{"typeName":"ObjectDictionary","expression":{"type":"Object","value":"{\"a\":1}"}},"result":{"typeName":"Object","memoryReference":{"id":"r"}}}""", Script("a", "getR().Output.svar + getR().status")), """[{"id":"r","name":"r","typeName":"Object"}]""");
        var child = run.Effects.OfType<ChildStarted>().Single();
        child.Input["a"].Should().Be(1);
        run.State.Children.Should().Equal(child.ChildInstanceId);
        run.ResumeBookmark(child.WaitBookmarkId!, new ChildResult(child.ChildInstanceId, WorkflowStatus.Finished, WorkflowSubStatus.Finished, new Dictionary<string, object?> { ["svar"] = 42 }));
        run.Lines.Should().Equal("42Finished");
        run.State.Children.Should().BeEmpty();
    }

    [Fact]
    public void A_child_that_does_not_exist_fails_its_step_when_the_host_can_tell()
    {
        var definition = Definition(Sequence(Activity("x", "Elsa.DispatchWorkflow", Literal("workflowDefinitionId", "borta"))));
        Run.Start(definition, environment: new BurstEnvironment { Now = Now, Ambient = [new NoDefinitions()] }).State.Incidents.Single().Message.Should().Contain("borta");
    }

    [Fact]
    public void BulkDispatch_waits_for_all_its_children()
    {
        var run = Run.Start(Sequence(Activity("x", "Elsa.BulkDispatchWorkflows", Literal("workflowDefinitionId", "barn") + "," + JavaScript("items", "['a','b']")), Line("z")));
        var children = run.Effects.OfType<ChildStarted>().ToList();
        children.Select(c => c.Input["Item"]).Should().Equal("a", "b");
        foreach (var c in children)
        {
            run.Lines.Should().BeEmpty();
            run.ResumeBookmark(c.WaitBookmarkId!, new ChildResult(c.ChildInstanceId, WorkflowStatus.Finished, WorkflowSubStatus.Finished, new Dictionary<string, object?>()));
        }

        run.Lines.Should().Equal("z");
        run.State.SubStatus.Should().Be(WorkflowSubStatus.Finished);
    }

    [Fact]
    public void While_looks_at_its_condition_before_each_turn()
    {
        var body = Activity("i", "Elsa.SetVariable", "\"variable\":{\"id\":\"n\",\"name\":\"n\"}," + JavaScript("value", "getN()+1"));
        var run = Run.Start(Sequence("{\"id\":\"w\",\"type\":\"Elsa.While\",\"version\":1," + JavaScript("condition", "getN()<3") + ",\"body\":" + body + "}", Script("a", "getN()")), """[{"id":"n","name":"n","typeName":"Int32","value":"0"}]""");
        run.Lines.Should().Equal("3");
    }

    [Fact]
    public void ForEach_keeps_its_list_over_suspensions()
    {
        var loop = "{\"id\":\"l\",\"type\":\"Elsa.ForEach\",\"version\":1," + JavaScript("items", "['a','b']") + ",\"body\":" + """{"id":"b","type":"Elsa.Sequence","version":1,"activities":[""" + Event("e") + "," + Script("p", "getCurrentValue()") + "]}}";
        var run = Run.Start(Sequence(loop, Line("z")));
        run.Resume("e");
        run.Resume("e");
        run.Lines.Should().Equal("a", "b", "z");
    }

    [Fact]
    public void A_composite_is_completed_by_a_Complete_inside_it()
    {
        var composite = "{\"id\":\"c\",\"type\":\"Elsa.Composite\",\"version\":1,\"root\":" + """{"id":"i","type":"Elsa.Sequence","version":1,"activities":[""" + Activity("k", "Elsa.Complete", Literal("outcomes", "Ja")) + "," + Line("aldrig") + "]}}";
        var run = Run.Start(Flowchart(composite + "," + Line("ja") + "," + Line("nej"), "c:Ja>ja", "c:Nej>nej"));
        run.Lines.Should().Equal("ja");
    }

    [Fact]
    public void FlowSwitch_can_take_several_ways()
    {
        var s = """{"id":"s","type":"Elsa.FlowSwitch","version":1,"mode":{"typeName":"Object","expression":{"type":"Literal","value":"MatchAny"}},"cases":[{"label":"A","condition":{"type":"JavaScript","value":"true"}},{"label":"B","condition":{"type":"JavaScript","value":"1 > 0"}},{"label":"C","condition":{"type":"JavaScript","value":"false"}}]}""";
        Run.Start(Flowchart(s + "," + Line("a") + "," + Line("b") + "," + Line("c"), "s:A>a", "s:B>b", "s:C>c")).Lines.Should().Equal("a", "b");
    }

    [Fact]
    public void Cascade_runs_once_for_each_that_comes()
    {
        var z = """{"id":"z","type":"Elsa.WriteLine","version":1,"customProperties":{"mergeMode":"Cascade"},"text":{"typeName":"String","expression":{"type":"Literal","value":"z"}}}""";
        var flow = Flowchart(Activity("st", "Elsa.Start") + "," + Line("a") + "," + Line("b") + "," + z, "st>a", "st>b", "a>z", "b>z");
        Run.Start(Definition(flow, "[]", "\"customProperties\":{\"flowMode\":\"Token\"},")).Lines.Should().Equal("a", "b", "z", "z");
        Run.Start(Definition(flow)).Lines.Should().Equal("a", "b", "z");
    }

    [Fact]
    public void Names_and_correlation_are_of_the_instance()
    {
        var run = Run.Start(Sequence(Activity("n", "Elsa.SetName", Literal("value", "Namn")), Activity("c", "Elsa.Correlate", Literal("correlationId", "k")), Activity("o", "Elsa.SetOutput", Literal("outputName", "Ut") + "," + Literal("outputValue", "x"))));
        run.State.Should().BeEquivalentTo(new { Name = "Namn", CorrelationId = "k" });
        run.State.Output["Ut"].Should().Be("x");
    }

    private sealed class NoDefinitions : IPublishedDefinitions
    {
        public PublishedDefinition Find(string definitionId) => PublishedDefinition.Missing;
    }
}
