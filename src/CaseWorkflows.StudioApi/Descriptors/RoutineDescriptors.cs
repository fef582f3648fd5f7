using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>Routines that may be used as activities in others, as descriptors.</summary>
internal static class RoutineDescriptors
{
    public static JsonObject Write(StoredDefinition stored, StoredDefinition published)
    {
        var document = stored.ToObject();
        var v = stored.Version;
        var ports = new JsonArray(Port("Root", "Embedded", browsable: false, shown: "Innehåll"));
        foreach (var outcome in document.Texts("outcomes")) ports.Add(Port(outcome, "Flow", browsable: true));
        return new JsonObject
        {
            ["typeName"] = GraphCache.TypeNameOf(v.Name),
            ["clrType"] = "WorkflowDefinitionActivity",
            ["namespace"] = "Routines",
            ["name"] = GraphCache.TypeNameOf(v.Name),
            ["version"] = v.Version,
            ["category"] = document.Object("options")?.Text("activityCategory") is { Length: > 0 } category ? category : "Rutiner",
            ["displayName"] = v.Name,
            ["description"] = v.Description ?? "",
            ["inputs"] = new JsonArray([.. (document["inputs"] as JsonArray ?? []).OfType<JsonObject>().Select((i, n) => (JsonNode)Input(i, n))]),
            ["outputs"] = new JsonArray([.. (document["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select((o, n) => (JsonNode)Output(o, n))]),
            ["kind"] = "Action",
            ["runAsynchronously"] = false,
            ["ports"] = ports,
            ["customProperties"] = new JsonObject
            {
                ["Type"] = "WorkflowDefinitionActivity",
                ["RootType"] = "WorkflowDefinitionActivity",
                ["WorkflowDefinitionId"] = v.DefinitionId,
                ["WorkflowDefinitionVersionId"] = v.Id,
            },
            ["constructionProperties"] = new JsonObject
            {
                ["workflowDefinitionId"] = v.DefinitionId,
                ["workflowDefinitionVersionId"] = v.Id,
                ["version"] = v.Version,
                ["latestAvailablePublishedVersion"] = published.Version.Version,
                ["latestAvailablePublishedVersionId"] = published.Version.Id,
            },
            ["isContainer"] = false,
            // Only the published version is offered; older ones are there to be drawn.
            ["isBrowsable"] = v.IsPublished,
            ["isStart"] = false,
            ["isTerminal"] = false,
        };
    }

    private static JsonObject Input(JsonObject input, int order) => new()
    {
        ["isWrapped"] = true,
        ["uiHint"] = input.Text("uiHint") ?? "singleline",
        ["isReadOnly"] = false,
        ["isSensitive"] = false,
        ["autoEvaluate"] = true,
        ["uiSpecifications"] = new JsonObject(),
        ["name"] = input.Text("name") ?? "",
        ["typeName"] = input.Text("type") ?? "Object",
        ["displayName"] = input.Text("displayName") ?? input.Text("name") ?? "",
        ["description"] = input.Text("description") ?? "",
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSerializable"] = true,
        ["isSynthetic"] = true,
    };

    private static JsonObject Output(JsonObject output, int order) => new()
    {
        ["name"] = output.Text("name") ?? "",
        ["typeName"] = output.Text("type") ?? "Object",
        ["displayName"] = output.Text("displayName") ?? output.Text("name") ?? "",
        ["description"] = output.Text("description") ?? "",
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSerializable"] = true,
        ["isSynthetic"] = true,
    };

    private static JsonObject Port(string name, string type, bool browsable, string? shown = null) =>
        new() { ["name"] = name, ["displayName"] = shown ?? name, ["type"] = type, ["isBrowsable"] = browsable };
}
