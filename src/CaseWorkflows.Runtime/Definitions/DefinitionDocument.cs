using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Reading and comparing definition documents as JSON, without understanding their activities.</summary>
public static class DefinitionDocument
{
    private const int MostLevels = 256;

    // What has been read can be written, with what is put around it.
    private static readonly JsonSerializerOptions Text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MostLevels + 64 };

    // Facts of a stored version, not content: two documents that differ only here are the same.
    private static readonly HashSet<string> Facts = new(StringComparer.Ordinal)
    {
        "id", "definitionId", "version", "isLatest", "isPublished", "createdAt", "links", "isReadonly", "isSystem",
        "providerName", "materializerName", "materializerContext", "tenantId", "toolVersion", "$schema",
    };

    /// <exception cref="JsonException">Not a JSON object, or a name occurs twice in one object.</exception>
    public static JsonObject Parse(string json)
    {
        var node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MostLevels });
        return node as JsonObject ?? throw new JsonException("The document is not a JSON object.");
    }

    /// <summary>A document from outside, a file or an upload: its texts are sound afterwards.</summary>
    /// <exception cref="JsonException">As <see cref="Parse"/>, and for a U+0000.</exception>
    public static JsonObject FromOutside(string json) =>
        OutsideJson.Parse(json, new OutsideJsonOptions { MaxDepth = MostLevels }) as JsonObject ?? throw new JsonException("The document is not a JSON object.");

    public static string Write(JsonNode node) => node.ToJsonString(Text);

    /// <summary>SHA-256 over the content in sorted form; node ids are computed, so they do not count.</summary>
    public static byte[] Hash(JsonObject document)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            WriteSorted(writer, document, isTop: true);
        return SHA256.HashData(buffer.ToArray());
    }

    /// <summary>The activity that is the root, or null when there is none.</summary>
    public static JsonObject? Root(JsonObject document) => document["root"] as JsonObject;

    /// <summary>Every activity below and with the root, parents first.</summary>
    /// <param name="document">A definition.</param>
    /// <param name="workflowId">What node ids begin with: another number where the routine uses routines as steps.</param>
    public static IEnumerable<ActivityNode> Activities(JsonObject document, string workflowId = "Workflow1") =>
        Root(document) is { } root ? Below(root, workflowId, "$.root", null, null) : [];

    /// <summary>How many steps a person sees: all activities but the containers' own boxes.</summary>
    public static int CountSteps(JsonObject document) => StepIds(document).Count;

    public static HashSet<string> StepIds(JsonObject document) =>
        Activities(document).Where(a => a.Parent is not null).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes Elsa's node ids (ids from the workflow down, joined by colons) into every activity.</summary>
    public static void WriteNodeIds(JsonObject document, string workflowId = "Workflow1")
    {
        foreach (var activity in Activities(document, workflowId).ToList())
            activity.Json["nodeId"] = activity.NodeId;
    }

    /// <summary>What an export says: Elsa keeps the mode in its server's settings, not in the definition.</summary>
    public const string FlowModeNote =
        "Rutinen körs här i token-läge (customProperties.flowMode). En Elsa-server läser läget ur sin egen inställning och inte ur filen: "
        + "ställ in FlowchartOptions.DefaultExecutionMode = TokenBased där, annars kan grenar mötas på ett annat sätt.";

    /// <summary>A routine made here begins in token mode, where joins do not depend on how often their branches have run.</summary>
    public static void BeginInTokenMode(JsonObject document)
    {
        if (document["customProperties"] is not JsonObject custom) document["customProperties"] = custom = [];
        if (custom.ContainsKey("flowMode")) return;
        custom["flowMode"] = "Token";
        custom["flowModeNote"] = FlowModeNote;
    }

    /// <summary>Whether the definition says so itself; what it does not say is the host's setting.</summary>
    public static bool IsTokenMode(JsonObject document) =>
        document["customProperties"] is JsonObject custom && string.Equals(String(custom, "flowMode"), "Token", StringComparison.OrdinalIgnoreCase);

    internal static bool SaysFlowMode(JsonObject definitionOrFlow) => definitionOrFlow["customProperties"] is JsonObject custom && custom.ContainsKey("flowMode");

    internal static string? String(JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue<string>(out var s) ? s : null;

    private static IEnumerable<ActivityNode> Below(JsonObject activity, string parentNodeId, string path, JsonObject? parent, string? port)
    {
        var id = String(activity, "id") ?? "";
        var node = new ActivityNode(activity, id, $"{parentNodeId}:{id}", path, parent, port);
        yield return node;
        foreach (var (name, value) in activity)
        {
            if (name is "metadata" or "customProperties" or "variables" or "connections") continue;
            foreach (var below in Inside(value, node, $"{path}.{name}", name))
                yield return below;
        }
    }

    private static IEnumerable<ActivityNode> Inside(JsonNode? value, ActivityNode owner, string path, string port)
    {
        switch (value)
        {
            case JsonObject o when IsActivity(o):
                foreach (var below in Below(o, owner.NodeId, path, owner.Json, port)) yield return below;
                break;
            case JsonObject o when !o.ContainsKey("expression"):
                foreach (var (name, inner) in o)
                    foreach (var below in Inside(inner, owner, $"{path}.{name}", port)) yield return below;
                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                    foreach (var below in Inside(array[i], owner, $"{path}[{i}]", port)) yield return below;
                break;
        }
    }

    /// <summary>Routines used as steps have types without a dot, but a version or a node id like other steps.</summary>
    private static bool IsActivity(JsonObject o) => String(o, "id") is not null && String(o, "type") is { } type
        && (type.Contains('.', StringComparison.Ordinal) || o["version"] is JsonValue || o["nodeId"] is JsonValue);

    private static void WriteSorted(Utf8JsonWriter writer, JsonNode? node, bool isTop = false)
    {
        switch (node)
        {
            case JsonObject o:
                writer.WriteStartObject();
                foreach (var (name, value) in o.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    if (name == "nodeId" || (isTop && Facts.Contains(name))) continue;
                    // Studio writes null or an empty list where a file has nothing.
                    if (value is null || IsEmpty(value)) continue;
                    writer.WritePropertyName(name);
                    WriteSorted(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray array:
                writer.WriteStartArray();
                foreach (var item in array) WriteSorted(writer, item);
                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static bool IsEmpty(JsonNode value) => value is JsonArray { Count: 0 } or JsonObject { Count: 0 };

    internal static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    internal static byte[] HashText(byte[] previous, string text) => SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
}
