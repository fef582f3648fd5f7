using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using static CaseWorkflows.Engine.Text.JsonShape;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>
/// The kinds of what a definition holds, whichever way it comes in: its own parts and those of every step, however deep. What a setting of a
/// step says is the compiler's to judge.
/// </summary>
internal static class DefinitionShape
{
    private const int LongestName = 500;
    private const int LongestText = 20_000;
    private const int MostSteps = 1_000;
    private const int MostArrows = 3_000;

    private static readonly string[] Lists = ["variables", "inputs", "outputs", "outcomes", "activities", "connections", "notFoundConnections", "vertices"];

    private static readonly JsonShape Size = JsonShape.Object(LongestText, ("width", Number), ("height", Number));
    private static readonly JsonShape Position = JsonShape.Object(LongestText, ("x", Number), ("y", Number));
    private static readonly JsonShape Metadata = JsonShape.Object(
        LongestText, ("displayText", Text(LongestText)), ("description", Text(LongestText)), ("designer", JsonShape.Object(LongestText, ("position", Position), ("size", Size))));

    private static readonly JsonShape Variable = JsonShape.Object(
        int.MaxValue, ("id", Text(LongestName)), ("name", Text(LongestName)), ("typeName", Text(LongestName)), ("isArray", Flag), ("storageDriverTypeName", Text(LongestName)));

    private static readonly JsonShape Argument = JsonShape.Object(
        int.MaxValue, ("name", Text(LongestName)), ("type", Text(LongestName)), ("displayName", Text(LongestName)), ("description", Text(LongestText)), ("category", Text(LongestName)),
        ("uiHint", Text(LongestName)), ("storageDriverType", Text(LongestName)), ("isArray", Flag));

    private static readonly JsonShape Connections = List(JsonShape.Object(LongestText, ("vertices", List(Position)), ("sourcePort", Text(LongestName)), ("targetPort", Text(LongestName))));
    private static readonly JsonShape End = JsonShape.Object(LongestText, ("activity", Text(LongestName)), ("port", Text(LongestName)));

    private static readonly JsonShape Custom = JsonShape.Object(int.MaxValue, ("notFoundConnections", Connections), ("canStartWorkflow", Flag), ("runAsynchronously", Flag));

    private static readonly (string Name, JsonShape Shape)[] Step =
    [
        ("id", Text(LongestName)), ("nodeId", Text(int.MaxValue)), ("name", Text(LongestName)), ("type", Text(LongestName)), ("version", Number), ("metadata", Metadata),
        ("customProperties", Custom), ("connections", Connections), ("variables", List(Variable)), ("activities", List(JsonShape.Object(int.MaxValue))),
    ];

    private static readonly JsonShape Definition = JsonShape.Object(
        int.MaxValue, ("id", Text(LongestName)), ("definitionId", Text(LongestName)), ("name", Text(LongestName)), ("description", Text(LongestText)), ("version", Number),
        ("toolVersion", Text(LongestName)), ("isLatest", Flag), ("isPublished", Flag), ("isReadonly", Flag), ("variables", List(Variable)), ("inputs", List(Argument)),
        ("outputs", List(Argument)), ("outcomes", List(Text(LongestName))), ("options", JsonShape.Object(int.MaxValue)), ("customProperties", JsonShape.Object(int.MaxValue)),
        ("root", JsonShape.Object(int.MaxValue)));

    /// <exception cref="StudioException">400 with the path of the first part that is of the wrong kind, missing in a list, or too long.</exception>
    public static void Demand(JsonObject definition)
    {
        Demand(Definition, definition, "");
        foreach (var list in Lists) DemandItems(definition[list], list);
        if (definition["root"] is JsonObject root) DemandSteps(root, "root");
    }

    /// <summary>The same for a step that is no part of a definition yet.</summary>
    public static void DemandSteps(JsonObject root, string at)
    {
        var steps = 0;
        var arrows = 0;
        foreach (var step in DefinitionDocument.Activities(new JsonObject { ["root"] = root.DeepClone() }))
        {
            if (++steps > MostSteps) throw Refused(at, $"Högst {MostSteps} steg får plats i en rutin.");
            if ((arrows += (step.Json["connections"] as JsonArray)?.Count ?? 0) > MostArrows) throw Refused(at, $"Högst {MostArrows} pilar får plats i en rutin.");
            DemandStep(step.Json, at + step.Path["$.root".Length..]);
        }
    }

    private static void DemandStep(JsonObject step, string path)
    {
        foreach (var (name, shape) in Step)
            if (step[name] is { } value && !IsSetting(name, value)) Demand(shape, value, $"{path}.{name}");
        foreach (var list in Lists)
            if (step[list] is { } value && !IsSetting(list, value)) DemandItems(value, $"{path}.{list}");
        if (step["customProperties"] is JsonObject custom) DemandItems(custom["notFoundConnections"], $"{path}.customProperties.notFoundConnections");
        if (step["connections"] is not JsonArray connections) return;
        for (var i = 0; i < connections.Count; i++)
        {
            var connection = (JsonObject)connections[i]!;
            DemandItems(connection["vertices"], $"{path}.connections[{i}].vertices");
            // Older exports have the step's id there, and the port beside it.
            foreach (var end in new[] { "source", "target" })
                if (connection[end] is { } value and not JsonValue || connection[end]?.GetValueKind() is not (null or System.Text.Json.JsonValueKind.String))
                    Demand(End, connection[end], $"{path}.connections[{i}].{end}");
        }
    }

    /// <summary>A step's own setting may bear the name of a list.</summary>
    private static bool IsSetting(string name, JsonNode value) =>
        Lists.Contains(name) && value is JsonObject setting && (setting.ContainsKey("expression") || setting.ContainsKey("typeName"));

    private static void DemandItems(JsonNode? list, string path)
    {
        for (var i = 0; i < (list as JsonArray)?.Count; i++)
            if (list[i] is null) throw Refused($"{path}[{i}]", "Här saknas något: ett tomt värde (null) får inte stå i listan.");
    }

    private static void Demand(JsonShape shape, JsonNode? node, string path)
    {
        foreach (var (field, messages) in shape.Faults(node))
        {
            var below = field == "$" ? "" : field;
            throw Refused(path.Length == 0 || below.Length == 0 || below[0] == '[' ? path + below : $"{path}.{below}", messages[0]);
        }
    }

    private static StudioException Refused(string path, string message) => StudioException.Invalid(path, $"{path}: {message}");
}
