using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>An output the workflow gives.</summary>
public sealed record OutputDefinition(string Name, string Type, bool IsArray, string? DisplayName, string? Description, string? Category)
{
    public static OutputDefinition FromJson(JsonObject o) => new(
        o.Text("name") ?? "", o.Text("type") ?? "Object", o.Bool("isArray") ?? false,
        o.Text("displayName"), o.Text("description"), o.Text("category"));
}
