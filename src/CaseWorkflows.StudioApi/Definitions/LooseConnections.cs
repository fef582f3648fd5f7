using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>
/// A connection to a step that is not there makes Studio stop drawing half-way. It goes out aside, under the flowchart's
/// <c>notFoundConnections</c> (Elsa's own name for it), and comes back among the connections.
/// </summary>
internal static class LooseConnections
{
    private const string Aside = "notFoundConnections";

    public static void Hide(JsonObject document)
    {
        foreach (var flow in Flowcharts(document))
        {
            if (flow["connections"] is not JsonArray connections) continue;
            var ids = (flow["activities"] as JsonArray ?? []).OfType<JsonObject>().Select(a => a.Text("id")).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var loose = connections.Where(c => c is not JsonObject o || !Has(o, "source", ids) || !Has(o, "target", ids)).ToList();
            if (loose.Count == 0) continue;
            var aside = SetAside(flow);
            foreach (var connection in loose)
            {
                connections.Remove(connection);
                if (connection is not null) aside.Add(connection);
            }
        }
    }

    public static void Restore(JsonObject document)
    {
        foreach (var flow in Flowcharts(document))
        {
            if (flow.Object("customProperties")?[Aside] is not JsonArray { Count: > 0 } aside) continue;
            if (flow["connections"] is not JsonArray connections) flow["connections"] = connections = [];
            foreach (var connection in aside.ToList())
            {
                aside.Remove(connection);
                if (connection is not null) connections.Add(connection);
            }
        }
    }

    private static List<JsonObject> Flowcharts(JsonObject document) =>
        DefinitionDocument.Activities(document).Where(a => a.Json["connections"] is JsonArray || a.Json.Object("customProperties")?[Aside] is JsonArray { Count: > 0 })
            .Select(a => a.Json).ToList();

    private static bool Has(JsonObject connection, string end, HashSet<string> ids) =>
        connection.Object(end)?.Text("activity") is { } id && ids.Contains(id);

    private static JsonArray SetAside(JsonObject flow)
    {
        if (flow["customProperties"] is not JsonObject custom) flow["customProperties"] = custom = [];
        if (custom[Aside] is not JsonArray aside) custom[Aside] = aside = [];
        return aside;
    }
}
