using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>One version of a routine and its document.</summary>
/// <param name="Version">The version's facts, which win over what the document says.</param>
/// <param name="Json">The document as text, ids and flags brought up to date.</param>
public sealed record StoredDefinition(DefinitionVersion Version, string Json)
{
    /// <summary>A fresh, mutable copy of the document.</summary>
    public JsonObject ToObject() => DefinitionDocument.Parse(Json);
}
