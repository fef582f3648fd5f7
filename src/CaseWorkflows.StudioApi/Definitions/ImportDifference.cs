using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>What differs between a routine as it is and a file, counted by steps and arrows.</summary>
internal static class ImportDifference
{
    private static readonly string[] Settings = ["name", "description", "variables", "inputs", "outputs", "outcomes", "options", "customProperties"];

    public static JsonObject Of(JsonObject before, JsonObject after)
    {
        if (DefinitionDocument.Hash(before).AsSpan().SequenceEqual(DefinitionDocument.Hash(after))) return new JsonObject { ["change"] = "Oförändrad" };
        var old = Steps(before);
        var now = Steps(after);
        var changed = now.Where(s => old.TryGetValue(s.Key, out var was) && !Same(was.Json, s.Value.Json)).Select(s => s.Value.Label);
        var arrowsBefore = Arrows(before);
        var arrowsAfter = Arrows(after);
        return new JsonObject
        {
            ["change"] = "Ändras",
            ["addedSteps"] = List(now.Where(s => !old.ContainsKey(s.Key)).Select(s => s.Value.Label)),
            ["removedSteps"] = List(old.Where(s => !now.ContainsKey(s.Key)).Select(s => s.Value.Label)),
            ["changedSteps"] = List(changed),
            ["addedConnections"] = arrowsAfter.Except(arrowsBefore).Count(),
            ["removedConnections"] = arrowsBefore.Except(arrowsAfter).Count(),
            ["changedSettings"] = List(Settings.Where(p => !JsonNode.DeepEquals(before[p], after[p]))),
        };
    }

    private static Dictionary<string, ActivityNode> Steps(JsonObject document) =>
        DefinitionDocument.Activities(document).Where(a => a.Parent is not null).GroupBy(a => a.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

    /// <summary>A step without its children, which are steps of their own.</summary>
    private static bool Same(JsonObject a, JsonObject b) => JsonNode.DeepEquals(Own(a), Own(b));

    private static JsonObject Own(JsonObject step)
    {
        var own = new JsonObject();
        foreach (var (name, value) in step.OrderBy(p => p.Key, StringComparer.Ordinal))
            if (name is not ("nodeId" or "activities" or "connections") && value is not null) own[name] = value.DeepClone();
        return own;
    }

    private static HashSet<string> Arrows(JsonObject document) =>
        DefinitionDocument.Activities(document).SelectMany(a => (a.Json["connections"] as JsonArray ?? []).OfType<JsonObject>())
            .Select(c => $"{c.Object("source")?.Text("activity")}:{c.Object("source")?.Text("port") ?? "Done"}>{c.Object("target")?.Text("activity")}").ToHashSet(StringComparer.Ordinal);

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
