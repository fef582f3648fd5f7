using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What is written straight into an input, as opposed to worked out by an expression.</summary>
public static class Literals
{
    /// <summary>The literal text; null when the input is empty, or an expression.</summary>
    public static string? Text(JsonObject activity, InputDescriptor input)
    {
        var (type, value) = Expression(activity, input);
        return type is null or "Literal" or "Object" or "Json" ? value switch
        {
            null => null,
            JsonValue v when v.TryGetValue<string>(out var text) => text,
            _ => value.ToJsonString(),
        } : null;
    }

    /// <summary>Each text of an input that holds several (stored as a JSON array, in text or not), or the one text.</summary>
    public static IReadOnlyList<string> Texts(JsonObject activity, InputDescriptor input)
    {
        if (Text(activity, input) is not { Length: > 0 } text) return [];
        if (text[0] != '[') return [text];
        try
        {
            return (JsonNode.Parse(text) as JsonArray)?.Select(Plain).OfType<string>().ToList() ?? [];
        }
        catch (JsonException)
        {
            return [text];
        }

        static string? Plain(JsonNode? node) => node is JsonValue v && v.TryGetValue<string>(out var s) ? s : null;
    }

    /// <summary>Outcomes that a step always has beside those written in its dynamic-outcomes input.</summary>
    public static IReadOnlyList<string> FixedOutcomes(InputDescriptor input) =>
        (input.UiSpecifications?["DynamicOutcomesOptions"]?["fixedOutcomes"] as JsonArray)?.Select(n => n?.ToString()).OfType<string>().ToList() ?? [];

    /// <summary>The expression's type (null when the value stands alone) and its value.</summary>
    public static (string? Type, JsonNode? Value) Expression(JsonObject activity, InputDescriptor input)
    {
        if (activity[input.JsonName] is not { } stored) return (null, null);
        if (stored is not JsonObject wrapped || wrapped["expression"] is not JsonObject expression) return input.IsWrapped && stored is JsonObject ? (null, null) : (null, stored);
        return (DefinitionDocument.String(expression, "type"), expression["value"]);
    }
}
