using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>
/// A workflow definition in Elsa 3's JSON. A wrapper, not a copy: everything the file holds stays in <see cref="Json"/>,
/// known to us or not, so that reading and writing loses nothing.
/// </summary>
public sealed class WorkflowDefinition
{
    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = 256, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly JsonSerializerOptions WriteOptions = new() { MaxDepth = 256, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions IndentedOptions = new(WriteOptions) { WriteIndented = true };

    private WorkflowDefinition(JsonObject json)
    {
        Json = json;
        Root = json["root"] as JsonObject ?? [];
        Variables = ReadList(json, "variables", VariableDefinition.FromJson);
        Inputs = ReadList(json, "inputs", InputDefinition.FromJson);
        Outputs = ReadList(json, "outputs", OutputDefinition.FromJson);
        Outcomes = (json["outcomes"] as JsonArray)?.Select(n => n?.ToString() ?? "").Where(s => s.Length > 0).ToArray() ?? [];
        Options = WorkflowOptions.FromJson(json["options"] as JsonObject);
    }

    /// <summary>The whole definition as stored. Treat as read-only once the definition is compiled.</summary>
    public JsonObject Json { get; }

    /// <summary>The version id: one per saved version.</summary>
    public string Id => Json.Text("id") ?? "";

    /// <summary>The id all versions share.</summary>
    public string DefinitionId => Json.Text("definitionId") ?? "";

    public string? Name => Json.Text("name");

    public string? Description => Json.Text("description");

    public int Version => Json.Int("version") ?? 1;

    public bool IsLatest => Json.Bool("isLatest") ?? false;

    public bool IsPublished => Json.Bool("isPublished") ?? false;

    public IReadOnlyList<VariableDefinition> Variables { get; }

    public IReadOnlyList<InputDefinition> Inputs { get; }

    public IReadOnlyList<OutputDefinition> Outputs { get; }

    public IReadOnlyList<string> Outcomes { get; }

    public WorkflowOptions Options { get; }

    public JsonObject Root { get; }

    /// <exception cref="DefinitionException">The text is not JSON, or not an object.</exception>
    public static WorkflowDefinition Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: ReadOptions) is JsonObject o
                ? FromJson(o)
                : throw DefinitionException.One("$", null, "json", "Definitionen är inte ett JSON-objekt.");
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            throw DefinitionException.One("$", null, "json", $"Filen går inte att läsa som JSON (rad {line}). Den kan vara avklippt eller för djupt nästlad.");
        }
        catch (ArgumentException)
        {
            throw DefinitionException.One("$", null, "json", "Samma egenskap förekommer två gånger i ett JSON-objekt.");
        }
    }

    public static WorkflowDefinition FromJson(JsonObject o)
    {
        ArgumentNullException.ThrowIfNull(o);
        try
        {
            return new WorkflowDefinition(o);
        }
        catch (ArgumentException)
        {
            throw DefinitionException.One("$", null, "json", "Samma egenskap förekommer två gånger i ett JSON-objekt.");
        }
    }

    public string ToJson() => Json.ToJsonString(WriteOptions);

    public string ToIndentedJson() => Json.ToJsonString(IndentedOptions);

    private static T[] ReadList<T>(JsonObject json, string name, Func<JsonObject, T> read) =>
        (json[name] as JsonArray)?.OfType<JsonObject>().Select(read).ToArray() ?? [];
}
