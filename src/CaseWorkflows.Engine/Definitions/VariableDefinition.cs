using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>A variable of a workflow or a container. <c>Value</c> is the default as stored: usually text or null.</summary>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, JsonNode? Value, string? StorageDriverTypeName)
{
    public static VariableDefinition FromJson(JsonObject o) => new(
        o.Text("id") ?? o.Text("name") ?? "",
        o.Text("name") ?? "",
        o.Text("typeName") ?? o.Text("type") ?? "Object",
        o.Bool("isArray") ?? false,
        o["value"],
        o.Text("storageDriverTypeName"));
}
