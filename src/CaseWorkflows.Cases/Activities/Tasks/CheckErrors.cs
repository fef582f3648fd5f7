using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Activities;

/// <summary>What a task's own checks say of an answer: faults by field, or a text or a list of texts about the answer as a whole.</summary>
internal static class CheckErrors
{
    /// <summary>Where faults stand that name no field.</summary>
    private const string Whole = "outcome";

    /// <returns>Empty when nothing is wrong: null, false, an empty text, list or object.</returns>
    /// <exception cref="InvalidOperationException">It says neither: nobody could tell what is to be mended.</exception>
    public static IReadOnlyDictionary<string, string[]> Of(object? value) => Values.ToJson(value is string json && json.TrimStart() is ['{' or '[', ..] ? JsonNode.Parse(json) : value) switch
    {
        null => new Dictionary<string, string[]>(),
        JsonObject map => map.Select(e => (e.Key, Texts: Texts(e.Value))).Where(e => e.Texts.Length > 0).ToDictionary(e => e.Key, e => e.Texts),
        var node when Texts(node) is { Length: > 0 } texts => new Dictionary<string, string[]> { [Whole] = texts },
        _ => new Dictionary<string, string[]>(),
    };

    private static string[] Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.SelectMany(Texts)],
        JsonValue text when text.TryGetValue<string>(out var words) => SoundText.IsBlank(words) ? [] : [words],
        JsonValue no when no.TryGetValue<bool>(out var yes) && !yes => [],
        _ => throw new InvalidOperationException("Uppgiftens kontroller ska ge fel per fält, eller inget."),
    };
}
