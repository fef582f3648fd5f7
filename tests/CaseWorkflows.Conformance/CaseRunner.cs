using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Conformance;

/// <summary>Runs one case in one flow mode and says how it differs from its oracle.</summary>
internal static class CaseRunner
{
    private const int MaxRounds = 100;

    public static IReadOnlyList<string> Run(ConformanceCase c, string mode)
    {
        var definitions = c.Files.Select(f => WorkflowDefinition.Parse(File.ReadAllText(f))).ToList();
        var lost = c.Files.Where((f, i) => !JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(f)), JsonNode.Parse(definitions[i].ToJson()))).ToList();
        if (lost.Count > 0) return [$"not written as it was read: {string.Join(", ", lost)}"];
        var oracle = c.Oracles.TryGetValue(mode, out var path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject : null;
        return c.Kind switch
        {
            "publish" => Publish(definitions, oracle ?? c.Expect),
            "api" or "management" => DefinitionCases.Run(c, definitions),
            "run" or "http-execute" => Execute(c, definitions, mode, oracle),
            _ => [$"the kind {c.Kind} is not handled"],
        };
    }

    private static List<string> Publish(List<WorkflowDefinition> definitions, JsonObject? oracle)
    {
        var problems = definitions.SelectMany(MemoryHost.Publish).ToList();
        var expected = (bool?)oracle?["succeeded"] ?? true;
        return expected == (problems.Count == 0) ? [] : [$"published: expected {expected}, problems: {string.Join("; ", problems.Select(p => p.Message))}"];
    }

    private static IReadOnlyList<string> Execute(ConformanceCase c, List<WorkflowDefinition> definitions, string mode, JsonObject? oracle)
    {
        if (oracle is null) return ["no oracle"];
        var host = new MemoryHost(definitions, mode == "token" ? FlowMode.Token : FlowMode.Counter);
        var input = (Values.FromJson(c.Input) as Dictionary<string, object?>) ?? [];
        var root = (string?)oracle["instances"]?.AsArray().FirstOrDefault(i => (bool?)i!["root"] == true)?["definitionId"];
        var definition = c.Run is { } run && run.StartsWith("__version:", StringComparison.Ordinal) ? host.FindVersion(run["__version:".Length..])
            : host.Find(c.Run ?? root ?? "") ?? (definitions.Count == 1 ? definitions[0] : null);
        if (definition is null) return [$"no definition {c.Run ?? root}"];
        var instance = host.Start(definition, input);
        var steps = new List<Step> { Step.Of("start", host, instance) };
        if (c.UntilEnd) ResumeAll(host, instance, steps, oracle);
        return Comparison.Differences(oracle, host, instance, steps);
    }

    /// <summary>Round by round, every bookmark there was when the round began; in the order the oracle resumed them, since its store's is arbitrary.</summary>
    private static void ResumeAll(MemoryHost host, MemoryInstance instance, List<Step> steps, JsonObject oracle)
    {
        var resumed = new Queue<string>(oracle["journal"]!.AsArray().Where(j => (string?)j!["event"] == "Resumed").Select(j => (string)j!["activityId"]!));
        for (var round = 0; round < MaxRounds && instance.State is { Status: WorkflowStatus.Running, Bookmarks.Count: > 0 }; round++)
        {
            var pending = instance.State.Bookmarks.ToList();
            while (pending.Count > 0)
            {
                var next = resumed.TryPeek(out var id) ? pending.Find(b => b.ActivityId == id) : null;
                if (next is not null) resumed.Dequeue();
                next ??= pending[0];
                pending.Remove(next);
                host.Resume(instance, next.Id, null);
                steps.Add(Step.Of("resume " + next.Name, host, instance));
            }
        }
    }

    /// <summary>The instance after a stimulus.</summary>
    internal sealed record Step(string Name, string Status, string SubStatus, int Lines, IReadOnlyList<string> Bookmarks)
    {
        public static Step Of(string name, MemoryHost host, MemoryInstance i) =>
            new(name, i.State!.Status.ToString(), i.State.SubStatus.ToString(), host.Lines.Count, [.. i.State.Bookmarks.Select(b => b.Name).Order(StringComparer.Ordinal)]);
    }
}
