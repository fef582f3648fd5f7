using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>An expression as stored: its type (Literal, Object, Variable, Input, JavaScript) and value.</summary>
public sealed record Expression(string Type, JsonNode? Value)
{
    public static Expression Literal(object? value) => new("Literal", Execution.Values.ToJson(value));

    public static Expression JavaScript(string script) => new("JavaScript", JsonValue.Create(script));

    public static Expression Input(string name) => new("Input", JsonValue.Create(name));

    public static Expression Object(JsonNode? value) => new("Object", value);

    public static Expression Variable(Authoring.Variable variable) =>
        new("Variable", new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = variable.TypeName });
}
