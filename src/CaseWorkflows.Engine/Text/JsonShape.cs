using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Text;

/// <summary>
/// What JSON from outside has to look like: the kind of each known property and the longest text. A null stands for "not given" and
/// fits everywhere; properties that no shape names pass, under a ceiling for their texts.
/// </summary>
public sealed class JsonShape
{
    private const int MostFaults = 50;

    private readonly string? _wanted;
    private readonly Func<JsonNode, bool> _fits;
    private readonly int _longest;
    private readonly IReadOnlyDictionary<string, JsonShape>? _properties;
    private readonly JsonShape? _items;
    private readonly int _most;
    private readonly JsonShape? _others;

    private JsonShape(
        string? wanted, Func<JsonNode, bool> fits, int longest = int.MaxValue, IReadOnlyDictionary<string, JsonShape>? properties = null, JsonShape? items = null,
        int most = int.MaxValue, JsonShape? others = null)
    {
        _wanted = wanted;
        _fits = fits;
        _longest = longest;
        _properties = properties;
        _items = items;
        _most = most;
        _others = others;
    }

    public static JsonShape Flag { get; } = new("Ange true eller false.", n => Kind(n) is JsonValueKind.True or JsonValueKind.False);

    public static JsonShape Number { get; } = new("Ange ett tal.", n => Kind(n) == JsonValueKind.Number);

    /// <summary>For what people write with or without quotes; whoever uses it reads the value.</summary>
    public static JsonShape NumberOrText { get; } = new("Ange ett tal.", n => Kind(n) is JsonValueKind.Number or JsonValueKind.String, longest: 200);

    /// <param name="longest">UTF-16 code units.</param>
    public static JsonShape Text(int longest) => new("Ange en text.", n => Kind(n) == JsonValueKind.String, longest);

    /// <summary>Of any kind.</summary>
    /// <param name="longest">Of every text in it.</param>
    public static JsonShape Any(int longest) => new(null, _ => true, longest);

    /// <param name="items">Each of them.</param>
    public static JsonShape List(JsonShape items) => new("Ange en lista.", n => n is JsonArray, items: items);

    /// <param name="otherTexts">The longest text of a property that is not named.</param>
    /// <param name="properties">The known ones.</param>
    public static JsonShape Object(int otherTexts, params IEnumerable<(string Name, JsonShape Shape)> properties) =>
        new("Ange ett objekt.", n => n is JsonObject, otherTexts, properties.ToDictionary(p => p.Name, p => p.Shape, StringComparer.Ordinal));

    /// <param name="others">Each property, whatever its name.</param>
    public static JsonShape Object(JsonShape others) => new("Ange ett objekt.", n => n is JsonObject, others: others);

    /// <summary>The same with a ceiling for the elements of the list, or the properties of the object.</summary>
    public JsonShape AtMost(int most) => new(_wanted, _fits, _longest, _properties, _items, most, _others);

    /// <summary>What a caller is told about more than so many elements.</summary>
    public static string TooMany(int most) => $"Högst {Shown(most)} får plats.";

    internal static string Shown(int number) => number.ToString("#,0", Thousands);

    /// <summary>What a caller is told about a text of more than so many characters.</summary>
    public static string TooLong(int longest) => $"Högst {Shown(longest)} tecken får plats.";

    /// <summary>Every fault, in Swedish, by the path of its field; empty when all is well.</summary>
    public Dictionary<string, string[]> Faults(JsonNode? node)
    {
        var faults = new Dictionary<string, string[]>();
        Look(node, "", faults);
        return faults;
    }

    private static System.Globalization.NumberFormatInfo Thousands { get; } = new() { NumberGroupSeparator = "\u00A0" };

    private void Look(JsonNode? node, string path, Dictionary<string, string[]> faults)
    {
        if (node is null || faults.Count >= MostFaults) return;
        if (!_fits(node))
        {
            faults.TryAdd(path.Length == 0 ? "$" : path, [_wanted!]);
            return;
        }

        if ((node as JsonArray)?.Count > _most || (node as JsonObject)?.Count > _most)
        {
            faults.TryAdd(path.Length == 0 ? "$" : path, [TooMany(_most)]);
            return;
        }

        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o) Below(name).Look(value, path.Length == 0 ? name : $"{path}.{name}", faults);
                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++) (_items ?? Any(_longest)).Look(a[i], $"{path}[{i}]", faults);
                break;
            case JsonValue v when v.GetValueKind() == JsonValueKind.String && v.GetValue<string>().Length > _longest:
                faults.TryAdd(path, [TooLong(_longest)]);
                break;
        }
    }

    private JsonShape Below(string name) => _properties?.GetValueOrDefault(name) ?? _others ?? Any(_longest);

    private static JsonValueKind Kind(JsonNode node) => node.GetValueKind();
}
