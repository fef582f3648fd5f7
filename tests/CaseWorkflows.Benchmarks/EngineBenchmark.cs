using System.Diagnostics;
using System.Text.Json;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Benchmarks;

/// <summary>Whole workflows of twenty steps in memory, on one thread, journal included: a sequence, a flowchart, and a flowchart with four scripts.</summary>
internal static class EngineBenchmark
{
    public static void Run(Arguments a)
    {
        Measure(a, "engine", Sequence(), FlowMode.Counter);
        Measure(a, "engineFlowchart", Flowchart(scripts: false), FlowMode.Counter);
        Measure(a, "engineFlowchartToken", Flowchart(scripts: false), FlowMode.Token);
        Measure(a, "engineFlowchartScripts", Flowchart(scripts: true), FlowMode.Counter);
    }

    private static void Measure(Arguments a, string name, string root, FlowMode mode)
    {
        var json = $$"""{ "id": "v1", "definitionId": "bench-engine", "version": 1, "variables": [ { "id": "var1", "name": "Counter", "typeName": "Int32", "value": "0" } ], "root": {{root}} }""";
        var graph = WorkflowGraph.Compile(WorkflowDefinition.Parse(json), ActivityRegistry.CreateDefault(), new CompileOptions { FlowMode = mode });
        var environment = new BurstEnvironment { Now = DateTimeOffset.UtcNow };
        var rounds = new List<double>();
        for (var round = 0; round <= a.Rounds; round++)
        {
            var count = Math.Max(a.Instances, 20_000);
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                var result = Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), environment);
                if (result.State.SubStatus != WorkflowSubStatus.Finished) throw new InvalidOperationException($"{name}: {result.State.SubStatus}");
            }

            if (round > 0) rounds.Add(count / clock.Elapsed.TotalSeconds);
        }

        rounds.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object> { ["case"] = name, ["activities"] = 20, ["perSecond"] = Math.Round(rounds[rounds.Count / 2]) }));
    }

    private static string Sequence() => $$"""{ "id": "seq1", "type": "Elsa.Sequence", "version": 1, "activities": [ {{string.Join(",", Enumerable.Range(1, 19).Select(Set))}} ] }""";

    private static string Flowchart(bool scripts)
    {
        var steps = Enumerable.Range(0, 20).Select(i => i == 0 ? """{ "id": "set0", "type": "Elsa.Start", "version": 1 }""" : i % 5 == 0 ? Decide(i, scripts) : Set(i));
        var connections = Enumerable.Range(0, 19).Select(i =>
            $$"""{ "source": { "activity": "set{{i}}", "port": "{{(i > 0 && i % 5 == 0 ? "True" : "Done")}}" }, "target": { "activity": "set{{i + 1}}", "port": "In" } }""");
        return $$"""{ "id": "flow1", "type": "Elsa.Flowchart", "version": 1, "activities": [ {{string.Join(",", steps)}} ], "connections": [ {{string.Join(",", connections)}} ] }""";
    }

    private static string Set(int i) =>
        $$"""{ "id": "set{{i}}", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "var1", "name": "Counter", "typeName": "Int32" }, "value": { "typeName": "Object", "expression": { "type": "Literal", "value": "{{i}}" } } }""";

    private static string Decide(int i, bool script) =>
        $$"""{ "id": "set{{i}}", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "{{(script ? "JavaScript" : "Literal")}}", "value": "{{(script ? "getCounter() < 100" : "true")}}" } } }""";
}
