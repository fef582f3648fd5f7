using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>Compares names, types and nesting of two JSON answers; null and missing are the same, values do not count.</summary>
public static class Shape
{
    // Their keys are data (node ids, variable names, inputs), not names of the contract.
    private static readonly HashSet<string> Dictionaries = new(StringComparer.Ordinal)
    {
        "activityState", "outputs", "properties", "metadata", "input", "output", "customProperties", "uiSpecifications", "constructionProperties", "Variables",
    };

    public static IEnumerable<string> Differences(JsonNode? theirs, JsonNode? ours) => Compare(theirs, ours, "$");

    private static IEnumerable<string> Compare(JsonNode? theirs, JsonNode? ours, string path)
    {
        if (theirs is null || ours is null)
        {
            if (theirs is not null) yield return $"{path} is missing (theirs: {Kind(theirs)})";
            yield break;
        }

        if (Kind(theirs) != Kind(ours))
        {
            yield return $"{path} is {Kind(ours)} (theirs: {Kind(theirs)})";
            yield break;
        }

        if (theirs is JsonObject theirObject && ours is JsonObject ourObject)
        {
            if (Dictionaries.Contains(path[(path.LastIndexOf('.') + 1)..])) yield break;
            foreach (var (name, value) in theirObject)
                foreach (var difference in Compare(value, ourObject[name], $"{path}.{name}")) yield return difference;
            foreach (var (name, value) in ourObject)
                if (value is not null && !theirObject.ContainsKey(name)) yield return $"{path}.{name} is ours only";
        }
        else if (theirs is JsonArray theirArray && ours is JsonArray ourArray)
        {
            if (theirArray.Count > 0 && ourArray.Count == 0) yield return $"{path} is empty (theirs: {theirArray.Count} items)";
            if (theirArray.Count == 0 || ourArray.Count == 0) yield break;
            foreach (var difference in Compare(Union(theirArray), Union(ourArray), $"{path}[]")) yield return difference;
        }
    }

    /// <summary>All names that occur in any item: optional ones are seen as soon as one item has them.</summary>
    private static JsonNode? Union(JsonArray items)
    {
        if (items.OfType<JsonObject>().Count() != items.Count) return items.FirstOrDefault(i => i is not null)?.DeepClone();
        var union = new JsonObject();
        foreach (var (name, value) in items.OfType<JsonObject>().SelectMany(o => o))
        {
            if (value is null) continue;
            if (union[name] is JsonObject known && value is JsonObject more)
            {
                foreach (var (inner, innerValue) in more)
                    if (known[inner] is null) known[inner] = innerValue?.DeepClone();
            }
            else if (union[name] is null or JsonArray { Count: 0 })
            {
                union[name] = value.DeepClone();
            }
        }

        return union;
    }

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
