using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Journal;

namespace CaseWorkflows.Conformance;

/// <summary>Activity executions, read off the journal as every reader of it does.</summary>
internal static class Executions
{
    public static void Compare(List<string> found, JsonObject oracle, MemoryInstance root)
    {
        if (oracle["activityExecutions"] is not JsonArray expected) return;
        var actual = root.Journal.GroupBy(j => j.ActivityInstanceId).Select(g => g.ToList()).ToList();
        Comparison.Check(found, "executions", string.Join(" | ", expected.Select(Expected)), string.Join(" | ", actual.Select(g => Actual(g, root))));
        foreach (var (e, a) in expected.Zip(actual))
        {
            var outputs = a.Select(j => j.Outputs).LastOrDefault(o => o is not null);
            foreach (var (name, value) in e!["outputs"]?.AsObject() ?? [])
            {
                if (name == "_type" || value is null) continue;
                Comparison.Check(found, $"output {name} of {a[0].ActivityId}", Comparison.Plain(Lower(value)), Comparison.Plain(Lower(outputs?[name])));
            }
        }
    }

    /// <summary>A child's result is told with small first letters in one place of the reference and capitals in another.</summary>
    private static JsonNode? Lower(JsonNode? node)
    {
        if (node is not JsonObject o || !(o.ContainsKey("Output") || o.ContainsKey("output"))) return node?.DeepClone();
        return new JsonObject { ["output"] = (o["output"] ?? o["Output"])?.DeepClone() };
    }

    private static string Expected(JsonNode? e)
    {
        var outcomes = (e!["outcomes"]?["_items"] ?? e["outcomes"]) as JsonArray;
        return $"{e["nodeId"]}({e["type"]}):{e["status"]}:{(bool)e["hasBookmarks"]!}:{e["faults"]}:{string.Join(',', outcomes ?? [])}";
    }

    private static string Actual(List<JournalEntry> g, MemoryInstance root)
    {
        var status = g.Select(j => j.EventName).LastOrDefault(n => n is "Completed" or "Canceled" or "Faulted") ?? "Running";
        var waiting = root.State!.Bookmarks.Any(b => b.ActivityInstanceId == g[0].ActivityInstanceId);
        var outcomes = g.Select(j => j.Payload?["Outcomes"]?.AsArray()).LastOrDefault(o => o is not null);
        return $"{g[0].NodeId}({g[0].ActivityType}):{status}:{waiting}:{Faults(g[0].ActivityInstanceId, root)}:{string.Join(',', outcomes ?? [])}";
    }

    private static int Faults(string id, MemoryInstance root)
    {
        var parents = root.Journal.DistinctBy(j => j.ActivityInstanceId).ToDictionary(j => j.ActivityInstanceId, j => j.ParentActivityInstanceId);
        return root.Journal.Where(j => j.EventName == "Faulted").Count(j =>
        {
            for (var at = j.ActivityInstanceId; at is not null; at = parents.GetValueOrDefault(at))
            {
                if (at == id) return true;
            }

            return false;
        });
    }
}
