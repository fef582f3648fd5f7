using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Access;

/// <summary>Reads of a step as it stands in its routine; a wrong kind of value reads as absent.</summary>
internal static class StepJson
{
    public static string? Text(this JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;

    public static JsonObject? Object(this JsonObject o, string name) => o[name] as JsonObject;

    /// <summary>The strings of an array; empty when it is missing or null.</summary>
    public static IEnumerable<string> Texts(this JsonObject o, string name) =>
        (o[name] as JsonArray ?? []).OfType<JsonValue>().Select(v => v.TryGetValue<string>(out var text) ? text : null).OfType<string>();
}
