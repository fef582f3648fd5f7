using System.Diagnostics;
using System.Text.Json;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Benchmarks;

/// <summary>Whole workflows of twenty steps in memory, on one thread.</summary>
internal static class EngineBenchmark
{
    public static void Run(Arguments a)
    {
        var steps = string.Join(",", Enumerable.Range(1, 19).Select(i =>
            $$"""{ "id": "set{{i}}", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "var1", "name": "Counter", "typeName": "Int32" }, "value": { "typeName": "Object", "expression": { "type": "Literal", "value": "{{i}}" } } }"""));
        var json =
            $$"""
              { "id": "v1", "definitionId": "bench-engine", "version": 1, "inputs": [], "outputs": [], "outcomes": [], "variables": [ { "id": "var1", "name": "Counter", "typeName": "Int32" } ],
                "root": { "id": "seq1", "type": "Elsa.Sequence", "version": 1, "activities": [ {{steps}} ] } }
              """;
        var graph = WorkflowGraph.Compile(WorkflowDefinition.Parse(json), ActivityRegistry.CreateDefault());
        var environment = new BurstEnvironment { Now = DateTimeOffset.UtcNow };
        var rounds = new List<double>();
        for (var round = 0; round <= a.Rounds; round++)
        {
            var count = Math.Max(a.Instances, 20_000);
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < count; i++) Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), environment);
            if (round > 0) rounds.Add(count / clock.Elapsed.TotalSeconds);
        }

        rounds.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object> { ["case"] = "engine", ["activities"] = 20, ["perSecond"] = Math.Round(rounds[rounds.Count / 2]) }));
    }
}
