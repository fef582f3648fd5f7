using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Turns a stored expression into a compiled one and reports what is wrong with it.</summary>
internal sealed class ExpressionCompiler(List<DefinitionProblem> problems, bool strict)
{
    private static readonly ConstantExpression Null = new(null);

    public CompiledExpression? Compile(Expression? expression, Type type, string path, string? nodeId, string shownName, string? statedType)
    {
        if (expression is null) return null;
        switch (expression.Type)
        {
            case "Literal" or "Delegate" or "":
                return Literal(expression, type, path, nodeId, shownName, statedType);
            case "Object":
                return Object(expression, type, path, nodeId, shownName);
            case "Variable":
                return Variable(expression, path, nodeId, shownName);
            case "Input":
                return Input(expression, path, nodeId, shownName);
            case "JavaScript":
                return Script(expression.Value is null ? "" : Values.ToText(expression.Value), path, nodeId, shownName);
            default:
                problems.Add(new DefinitionProblem(path, nodeId, "unknown-expression", $"Fältet \"{shownName}\" är skrivet i språket {expression.Type}, som inte finns här. Använd JavaScript eller ett fast värde."));
                return Failing($"Uttrycksspråket {expression.Type} finns inte.");
        }
    }

    public CompiledExpression Script(string source, string path, string? nodeId, string shownName)
    {
        try
        {
            return ScriptExpression.Compile(source);
        }
        catch (ScriptSyntaxException e)
        {
            problems.Add(new DefinitionProblem(path, nodeId, "javascript", $"JavaScript i \"{shownName}\", {e.Message}"));
            return Failing($"JavaScript, {e.Message}");
        }
    }

    private static FailingExpression Failing(string message) => new(message);

    private CompiledExpression Literal(Expression e, Type type, string path, string? nodeId, string shownName, string? statedType)
    {
        if (e.Value is null) return Null;
        var value = e.Value is JsonValue ? Values.FromJson(e.Value) : typeof(JsonNode).IsAssignableFrom(type) ? e.Value : Values.FromJson(e.Value);
        try
        {
            if (type == typeof(object) && TypeNames.Resolve(statedType) is { } stated && value is string && stated != typeof(JsonNode)) value = Values.ConvertTo(value, stated);
            return new ConstantExpression(Values.ConvertTo(value, type));
        }
        catch (FormatException x)
        {
            problems.Add(new DefinitionProblem(path, nodeId, "literal", $"Värdet i \"{shownName}\" går inte att använda: ”{Values.ToText(e.Value)}” är inte {ValueKinds.Wanted(type == typeof(object) ? TypeNames.Resolve(statedType) ?? type : type)}."));
            return Failing(x.Message);
        }
    }

    private CompiledExpression Object(Expression e, Type type, string path, string? nodeId, string shownName)
    {
        if (e.Value is null) return Null;
        try
        {
            var node = e.Value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? JsonNode.Parse(string.IsNullOrWhiteSpace(v.GetValue<string>()) ? "null" : v.GetValue<string>()) : e.Value;
            return new ConstantExpression(Values.ConvertTo(Values.FromJson(node), type));
        }
        catch (Exception x) when (x is JsonException or FormatException)
        {
            problems.Add(new DefinitionProblem(path, nodeId, "object", $"Värdet i \"{shownName}\" är inte giltig JSON."));
            return Failing($"Värdet i \"{shownName}\" är inte giltig JSON.");
        }
    }

    /// <summary>A variable is stored as JSON text of its object, as the object itself, or as its name.</summary>
    private CompiledExpression Variable(Expression e, string path, string? nodeId, string shownName)
    {
        var o = AsObject(e.Value);
        var id = o?.Text("id") ?? o?.Text("name") ?? (e.Value is JsonValue v ? Values.ToText(v) : null);
        if (!string.IsNullOrEmpty(id)) return new VariableExpression(id, o?.Text("name"));
        if (strict) problems.Add(new DefinitionProblem(path, nodeId, "variable", $"Fältet \"{shownName}\" pekar på en variabel som inte är vald."));
        return Null;
    }

    private CompiledExpression Input(Expression e, string path, string? nodeId, string shownName)
    {
        if (AsObject(e.Value)?.Text("name") is { Length: > 0 } name) return new InputExpression(name);
        if (strict) problems.Add(new DefinitionProblem(path, nodeId, "input", $"Fältet \"{shownName}\" ska hämta en indata till arbetsflödet, men ingen är vald. Välj den i listan."));
        return Null;
    }

    private static JsonObject? AsObject(JsonNode? value)
    {
        if (value is JsonObject o) return o;
        if (value is not JsonValue v || v.GetValueKind() != JsonValueKind.String) return null;
        var text = v.GetValue<string>();
        if (!text.AsSpan().TrimStart().StartsWith("{")) return null;
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
