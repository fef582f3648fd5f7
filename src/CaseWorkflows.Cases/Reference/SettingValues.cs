using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Reference;

/// <summary>
/// What a setting can be at all, by its key: an amount of the unit of time that the key ends with, one of the words that a key has, and for all
/// others a value that somebody could have meant. Asked when a setting is saved and when it is read: what cannot be one counts as not set.
/// </summary>
internal static class SettingValues
{
    private const int MostLevels = 3;
    private const int MostElements = 100;
    private const int LongestText = 500;
    private const int LargestNumber = 1_000_000;
    private const int LastPriority = 12;
    private const string Others = "övriga";

    // A year, a month and a week: what is longer has another unit.
    private static readonly (string Ending, int Most)[] Amounts = [("Dagar", 366), ("Timmar", 744), ("Minuter", 10_080)];

    private static readonly Dictionary<string, string[]> Words = new() { ["fristläge"] = Enum.GetNames<DeadlineMode>() };

    /// <returns>In Swedish, what can be given instead; null when the value can be the setting's. Null is none, so it can.</returns>
    public static string? Fault(string key, JsonNode? value)
    {
        if (value is null) return null;
        if (Words.TryGetValue(key, out var words))
            return value.GetValueKind() == JsonValueKind.String && words.Contains(value.GetValue<string>()) ? null : $"Ange något av: {string.Join(", ", words)}.";
        foreach (var (ending, most) in Amounts)
            if (key.EndsWith(ending, StringComparison.Ordinal)) return OfAmount(value, ending.ToLowerInvariant(), most);
        return OfAny(value, MostLevels);
    }

    private static string? OfAmount(JsonNode value, string unit, int most) => value switch
    {
        JsonArray list => OfParts(list, n => IsWhole(n, 0, most) ? null : $"Ange heltal från 0 till {most} ({unit})."),
        JsonObject map => map.FirstOrDefault(p => !IsPriority(p.Key)).Key is { } odd ? $"”{odd}” är ingen prioritet. Ange 1–{LastPriority} eller {Others}."
            : OfParts(map.Select(p => p.Value), n => IsWhole(n, 1, most) ? null : $"Ange heltal från 1 till {most} ({unit}) för varje prioritet."),
        _ => IsWhole(value, 1, most) ? null : $"Ange ett heltal från 1 till {most} ({unit})."
    };

    private static string? OfAny(JsonNode? value, int levels) => value switch
    {
        null => "Ett värde i listan saknas.",
        JsonArray or JsonObject when levels == 0 => $"Värdet får ha högst {MostLevels} nivåer.",
        JsonArray list => OfParts(list, n => OfAny(n, levels - 1)),
        JsonObject map => map.Any(p => SoundText.IsBlank(p.Key) || p.Key.Length > LongestText) ? "Ett namn i värdet är tomt eller för långt."
            : OfParts(map.Select(p => p.Value), n => OfAny(n, levels - 1)),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>() is var text && SoundText.IsBlank(text) ? "Ange text."
                : text.Length > LongestText ? $"Texten får vara högst {LongestText} tecken." : null,
            JsonValueKind.Number => NumberOf(value) is { } number && Math.Abs(number) <= LargestNumber && decimal.Round(number, 2) == number ? null
                : $"Ange ett tal från -{LargestNumber} till {LargestNumber} med högst två decimaler.",
            _ => null
        }
    };

    private static string? OfParts(IEnumerable<JsonNode?> parts, Func<JsonNode?, string?> fault) =>
        parts.Take(MostElements + 1).Count() is 0 or > MostElements ? $"Ange 1 till {MostElements} värden." : parts.Select(fault).FirstOrDefault(f => f is not null);

    private static bool IsPriority(string key) =>
        key == Others || (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority is >= 1 and <= LastPriority);

    private static bool IsWhole(JsonNode? value, int least, int most) =>
        value?.GetValueKind() == JsonValueKind.Number && NumberOf(value) is { } number && number >= least && number <= most && decimal.Truncate(number) == number;

    private static decimal? NumberOf(JsonNode value) =>
        decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
