using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>An input the workflow asks for.</summary>
public sealed record InputDefinition(string Name, string Type, bool IsArray, string? DisplayName, string? Description, string? Category, string? UIHint)
{
    public static InputDefinition FromJson(JsonObject o) => new(
        o.Text("name") ?? "", o.Text("type") ?? "Object", o.Bool("isArray") ?? false,
        o.Text("displayName"), o.Text("description"), o.Text("category"), o.Text("uiHint"));
}
