using System.Text;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;
using FsCheck;
using FsCheck.Fluent;
using static CaseWorkflows.Engine.Tests.Run;

namespace CaseWorkflows.Engine.Tests;

/// <summary>What holds for every flowchart, tried on random ones: loops, joins, branches, waits and ends in any arrangement.</summary>
public sealed class EngineProperties
{
    private static readonly BurstEnvironment Surroundings = new() { Now = Now, NewId = () => Guid.Empty, Limits = new ExecutionLimits { MaxActivities = 300 } };
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Every_flowchart_finishes_or_waits_or_is_stopped() => Check(graph =>
    {
        var state = Start(graph).State;
        return state.SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Suspended or WorkflowSubStatus.Faulted;
    });

    [Fact]
    public void The_same_burst_gives_the_same_result() => Check(graph => Trace(Start(graph)) == Trace(Start(graph)));

    [Fact]
    public void The_stored_state_goes_on_as_the_living_one_would() => Check(graph =>
    {
        var living = Start(graph);
        for (var i = 0; i < 20 && living.State is { Status: WorkflowStatus.Running, Bookmarks.Count: > 0 }; i++)
        {
            var bytes = living.State.Serialize();
            var stored = WorkflowState.Deserialize(bytes);
            if (!stored.Serialize().AsSpan().SequenceEqual(bytes)) return false;
            var id = living.State.Bookmarks[i % living.State.Bookmarks.Count].Id;
            var fromStored = Burst.Resume(graph, stored, id, i, Surroundings);
            var before = living.State;
            living = Burst.Resume(graph, before, id, i, Surroundings);
            if (!before.Serialize().AsSpan().SequenceEqual(bytes)) return false;
            if (Trace(fromStored) != Trace(living)) return false;
        }

        return true;
    });

    [Fact]
    public void Cancelling_leaves_no_bookmark_and_every_one_made_is_burned_once() => Check(graph =>
    {
        var started = Start(graph);
        if (started.State.Status == WorkflowStatus.Finished) return true;
        var cancelled = Burst.Cancel(graph, started.State, Surroundings);
        var made = started.Effects.OfType<BookmarkCreated>().Select(b => b.Bookmark.Id).Order();
        var burned = started.Effects.Concat(cancelled.Effects).OfType<BookmarkBurned>().Select(b => b.Bookmark.Id).Order();
        return cancelled.State is { Status: WorkflowStatus.Finished, Bookmarks.Count: 0 } && made.SequenceEqual(burned);
    });

    [Fact]
    public void A_finished_workflow_waits_for_nothing_and_the_journal_has_no_gap() => Check(graph =>
    {
        var result = Start(graph);
        var noGap = result.Journal.Select((j, i) => j.Sequence == i).All(same => same) && result.State.NextSequence == result.Journal.Count;
        return noGap && (result.State.SubStatus != WorkflowSubStatus.Finished || result.State.Bookmarks.Count == 0);
    });

    private static BurstResult Start(WorkflowGraph graph) => Burst.Start(graph, new StartBurst(Instance), Surroundings);

    private static string Trace(BurstResult r) =>
        string.Join(';', r.Journal.Select(j => $"{j.Sequence}{j.NodeId}{j.EventName}{j.ActivityInstanceId}")) + "|" + string.Join(';', r.Effects.Select(e => e.GetType().Name + e.ActivityInstanceId)) + "|" + Encoding.UTF8.GetString(r.State.Serialize());

    private static void Check(Func<WorkflowGraph, bool> holds) =>
        Prop.ForAll(Seeds, seed => holds(Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static WorkflowGraph Random(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 12);
        var steps = Enumerable.Range(0, count).Select(i => Step($"a{i}", random, 0));
        var connections = Enumerable.Range(0, random.Next(0, count * 2)).Select(_ =>
        {
            var source = random.Next(count);
            var port = random.Next(4) switch { 0 => ":True", 1 => ":False", _ => "" };
            return $"a{source}{port}>a{random.Next(count)}";
        }).Distinct().ToArray();
        var options = random.Next(2) == 0 ? "\"options\":{\"incidentStrategyType\":\"ContinueWithIncidentsStrategy\"}," : "";
        return Compile(Definition(Flowchart(string.Join(',', steps), connections), "[]", options), new CompileOptions { FlowMode = random.Next(2) == 0 ? FlowMode.Counter : FlowMode.Token, Strict = false });
    }

    private static string Step(string id, Random random, int depth)
    {
        var custom = $"\"customProperties\":{{\"mergeMode\":\"{new[] { "Stream", "Merge", "Converge", "Cascade", "Race" }[random.Next(5)]}\"}}";
        return random.Next(depth > 1 ? 9 : 13) switch
        {
            0 => Activity(id, "Elsa.Event", Literal("eventName", id) + "," + custom),
            1 => Activity(id, "Elsa.FlowDecision", Literal("condition", random.Next(2) == 0 ? "true" : "false") + "," + custom),
            2 => Activity(id, "Elsa.FlowJoin", Literal("mode", new[] { "WaitAny", "WaitAll", "WaitAllActive" }[random.Next(3)])),
            3 => Activity(id, "Elsa.Delay", Literal("timeSpan", "00:10:00") + "," + custom),
            4 when depth == 0 => Activity(id, "Elsa.End"),
            5 => Activity(id, "Elsa.ExecuteWorkflow", Literal("workflowDefinitionId", "barn") + "," + Literal("waitForCompletion", "true")),
            6 when random.Next(3) == 0 => Activity(id, "Elsa.Fault", Literal("message", "fel")),
            7 when random.Next(3) == 0 => Activity(id, "Elsa.Complete"),
            9 => Container(id, "Elsa.Sequence", "activities", random, depth),
            10 => Container(id, "Elsa.Parallel", "activities", random, depth),
            11 => Container(id, "Elsa.Fork", "branches", random, depth),
            12 => "{\"id\":\"" + id + "\",\"type\":\"Elsa.ParallelForEach\",\"version\":1," + JavaScript("items", "[1,2]") + ",\"body\":" + Step(id + "b", random, depth + 1) + "}",
            _ => Activity(id, "Elsa.WriteLine", Literal("text", id) + "," + custom),
        };
    }

    private static string Container(string id, string type, string list, Random random, int depth) =>
        $$"""{"id":"{{id}}","type":"{{type}}","version":1,"{{list}}":[{{string.Join(',', Enumerable.Range(0, random.Next(0, 4)).Select(i => Step($"{id}c{i}", random, depth + 1)))}}]}""";
}
