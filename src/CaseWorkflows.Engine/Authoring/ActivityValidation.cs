using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>Where a step reports what is wrong with it.</summary>
public sealed class ActivityValidation
{
    private readonly List<DefinitionProblem> _problems;

    internal ActivityValidation(Activity activity, string path, List<DefinitionProblem> problems)
    {
        Activity = activity;
        Path = path;
        _problems = problems;
    }

    public Activity Activity { get; }

    public string Path { get; }

    /// <param name="input">PascalCase name of the input at fault, or null for the step itself.</param>
    /// <param name="code">Stable and short.</param>
    /// <param name="message">Swedish, for a process owner.</param>
    public void Problem(string? input, string code, string message) =>
        _problems.Add(new DefinitionProblem(input is null ? Path : $"{Path}.{Names.Camel(input)}", Activity.NodeId, code, message));

    /// <summary>The input's text when it is a literal; null when it is absent or an expression.</summary>
    public static string? LiteralText(Input? input) => input?.Expression is { Type: "Literal" } e ? e.Value?.ToString() : null;

    /// <summary>True when it is worked out, by a script or from a variable, and does not stand in the definition.</summary>
    public static bool IsComputed(Input? input) => !IsMissing(input) && LiteralText(input) is null;

    /// <summary>True when nothing is filled in: no expression, an empty text, or an empty list or object, in text or not.</summary>
    public static bool IsMissing(Input? input) => input?.Expression?.Value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue value when value.TryGetValue<string>(out var text) => string.IsNullOrWhiteSpace(text) || text.Trim() is "[]" or "{}",
        _ => false,
    };

    /// <summary>The list or object that an input holds as it is, parsed; null when it is absent, an expression, or not JSON.</summary>
    public static JsonNode? LiteralJson(Input? input)
    {
        if (input?.Expression is not { Type: "Literal" or "Object" or "Json", Value: { } value }) return null;
        if (value is not JsonValue || value.GetValueKind() != System.Text.Json.JsonValueKind.String) return value;
        try
        {
            return value.GetValue<string>().TrimStart() is ['[' or '{', ..] text ? JsonNode.Parse(text) : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>The texts of an input that holds a list of them as it is; null when it is absent or worked out by an expression.</summary>
    public static IReadOnlyList<string>? LiteralTexts(Input? input) =>
        LiteralJson(input) is JsonArray array ? [.. array.OfType<JsonNode>().Select(n => n.ToString())]
        : input?.Expression is { Type: "Literal" } && LiteralText(input) is { } text ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : null;

    /// <summary>Whether an arrow leaves the step by this outcome.</summary>
    public bool IsFollowed(string outcome) => Flow?.Leaves(Activity.Node.LocalIndex, outcome) ?? false;

    /// <summary>Whether the flow that the step stands in can end without the step being done.</summary>
    public bool CanEndOtherwise => Flow?.CanEndWithout(Activity.Node.LocalIndex) ?? false;

    private Flowchart? Flow => Activity.Node.Parent?.Activity as Flowchart;
}
