using System.Text.Json.Nodes;

namespace CaseWorkflows.Browser.Studio;

/// <summary>One kind of editor (a "UI hint" of a descriptor) tried on one setting of one step.</summary>
/// <param name="Hint">The UI hint as descriptors give it.</param>
/// <param name="Step">Id of the step in the tests' routine.</param>
/// <param name="Property">The setting's name in the stored step.</param>
/// <param name="Label">What stands above the field; null when the whole form is the editor.</param>
/// <param name="Edit">What a person does.</param>
/// <param name="Stored">What the stored setting must be: of wrapped settings the expression, else the whole value.</param>
/// <param name="Shown">What the field shows when the routine is opened again.</param>
internal sealed record SettingEdit(string Hint, string Step, string Property, string? Label, Func<SettingFields, Task> Edit, string Stored, string Shown)
{
    /// <summary>Whether a stored routine holds what was entered. Outer white space in code does not count; JSON in a text is compared as JSON.</summary>
    public bool IsIn(JsonNode routine)
    {
        var step = routine["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == Step)!;
        var value = step[Property] is JsonObject wrapped && wrapped.ContainsKey("expression") ? wrapped["expression"] : step[Property];
        return JsonNode.DeepEquals(Plain(value), Plain(JsonNode.Parse(Stored)));
    }

    private static JsonNode? Plain(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                return new JsonObject(o.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, Plain(p.Value))));
            case JsonArray a:
                return new JsonArray([.. a.Select(Plain)]);
            case JsonValue v when v.TryGetValue<string>(out var text):
                text = text.Trim();
                try
                {
                    return text.StartsWith('{') || text.StartsWith('[') ? Plain(JsonNode.Parse(text)) : JsonValue.Create(text);
                }
                catch (System.Text.Json.JsonException)
                {
                    return JsonValue.Create(text);
                }

            default:
                return node?.DeepClone();
        }
    }
}
