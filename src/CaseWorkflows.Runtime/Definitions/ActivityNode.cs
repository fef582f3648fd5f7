using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>An activity found in a document.</summary>
/// <param name="Path">JSON path from the document's top.</param>
/// <param name="Parent">The activity it stands in; null for the root.</param>
/// <param name="Port">The parent's property that holds it (activities, then, cases…).</param>
public sealed record ActivityNode(JsonObject Json, string Id, string NodeId, string Path, JsonObject? Parent, string? Port)
{
    public string Type => DefinitionDocument.String(Json, "type") ?? "";

    /// <summary>0 when it is missing.</summary>
    public int Version => Json["version"] is JsonValue v && v.TryGetValue<int>(out var version) ? version : 0;

    /// <summary>Marked as a trigger: it may begin the routine.</summary>
    public bool CanStartWorkflow => Json["customProperties"] is JsonObject c && c["canStartWorkflow"] is JsonValue v && v.TryGetValue<bool>(out var can) && can;

    public string? Name => DefinitionDocument.String(Json, "name");

    /// <summary>What a person calls it: the display text, else the name, else the id.</summary>
    public string Label
    {
        get
        {
            var text = Json["metadata"] is JsonObject metadata ? DefinitionDocument.String(metadata, "displayText") : null;
            return !SoundText.IsBlank(text) ? text : !SoundText.IsBlank(Name) ? Name : Id;
        }
    }
}
