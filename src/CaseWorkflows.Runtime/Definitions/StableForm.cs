using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// A routine as it lies in the folder <c>workflows</c>: names sorted, facts of the database left out, so that a diff shows only what
/// somebody changed. Order that means something (steps, arrows, cases, choices) is kept, positions too.
/// </summary>
public static class StableForm
{
    public const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    // Told by the database, or worked out when read.
    private static readonly HashSet<string> Facts = new(StringComparer.Ordinal)
    {
        "id", "createdAt", "version", "isLatest", "isPublished", "links", "toolVersion", "providerName", "materializerName", "materializerContext",
    };

    private static readonly string[] First = ["$schema", "definitionId", "id", "name", "displayName", "description", "type", "version"];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The file's text, ending in a newline.</summary>
    public static string Write(JsonObject document)
    {
        var stable = new JsonObject { ["$schema"] = document["$schema"]?.DeepClone() ?? Schema };
        foreach (var (name, value) in Ordered(document))
        {
            if (Facts.Contains(name) || name == "$schema") continue;
            if (value is null || (value is JsonArray { Count: 0 } or JsonObject { Count: 0 } && name != "root")) continue;
            stable[name] = Sort(value);
        }

        return stable.ToJsonString(Indented) + "\n";
    }

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject o => SortObject(o),
        JsonArray a => new JsonArray([.. a.Select(Sort)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject SortObject(JsonObject o)
    {
        var sorted = new JsonObject();
        // Node ids are worked out from the ids when the routine is read.
        foreach (var (name, value) in Ordered(o))
            if (name != "nodeId") sorted[name] = Sort(value);
        return sorted;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Ordered(JsonObject o) =>
        o.OrderBy(p => Array.IndexOf(First, p.Key) is var i && i >= 0 ? i : p.Key == "metadata" ? int.MaxValue : First.Length)
            .ThenBy(p => p.Key, StringComparer.Ordinal);
}
