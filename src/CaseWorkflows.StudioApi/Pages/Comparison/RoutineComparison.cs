using System.Text.Json.Nodes;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>What belongs to the whole routine and not to a step.</summary>
internal static class RoutineComparison
{
    private static readonly (string Name, string Area)[] Lists =
        [("variables", "Variabel"), ("inputs", "Indata"), ("outputs", "Utdata")];

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["activationStrategyType"] = "När rutinen får starta",
        ["usableAsActivity"] = "Kan användas som steg",
        ["autoUpdateConsumingWorkflows"] = "Uppdatera rutiner som använder den",
        ["activityCategory"] = "Kategori som steg",
        ["incidentStrategyType"] = "När ett steg misslyckas",
        ["commitStrategyName"] = "Sparas när",
    };

    public static IEnumerable<RoutineChange> Compare(JsonObject before, JsonObject after)
    {
        foreach (var (name, label) in new[] { ("name", "Namn"), ("description", "Beskrivning") })
        {
            if (Text(before[name]) != Text(after[name])) yield return new("Rutinen", label, ChangeKind.Changed, Text(before[name]), Text(after[name]));
        }

        foreach (var (name, area) in Lists)
        {
            foreach (var change in CompareList(area, Named(before[name]), Named(after[name]))) yield return change;
        }

        var (old, fresh) = (Outcomes(before), Outcomes(after));
        foreach (var outcome in fresh.Except(old)) yield return new("Utfall", outcome, ChangeKind.Added, null, outcome);
        foreach (var outcome in old.Except(fresh)) yield return new("Utfall", outcome, ChangeKind.Removed, outcome, null);

        foreach (var (name, label) in Options)
        {
            var (was, now) = (Text((before["options"] as JsonObject)?[name]), Text((after["options"] as JsonObject)?[name]));
            // Studio writes "false" where a file says nothing.
            if ((was ?? "Nej") != (now ?? "Nej")) yield return new("Inställning", label, ChangeKind.Changed, was, now);
        }
    }

    private static IEnumerable<RoutineChange> CompareList(string area, Dictionary<string, JsonObject> old, Dictionary<string, JsonObject> fresh)
    {
        foreach (var (key, now) in fresh)
        {
            if (!old.TryGetValue(key, out var was)) yield return new(area, Name(now), ChangeKind.Added, null, Describe(now));
            else if (Name(was) + Describe(was) != Name(now) + Describe(now)) yield return new(area, Name(now), ChangeKind.Changed, $"{Name(was)}: {Describe(was)}", $"{Name(now)}: {Describe(now)}");
        }

        foreach (var (key, was) in old)
        {
            if (!fresh.ContainsKey(key)) yield return new(area, Name(was), ChangeKind.Removed, Describe(was), null);
        }
    }

    private static Dictionary<string, JsonObject> Named(JsonNode? list)
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var item in list as JsonArray ?? []) if (item is JsonObject o) found.TryAdd(Text(o["id"]) ?? Name(o), o);
        return found;
    }

    private static string Name(JsonObject item) => Text(item["name"]) ?? "";

    private static string Describe(JsonObject item)
    {
        var type = Text(item["typeName"]) ?? Text(item["type"]) ?? "";
        var list = (bool?)item["isArray"] == true ? "lista av " : "";
        var value = Text(item["value"]);
        return list + type + (string.IsNullOrEmpty(value) ? "" : $" = {value}") + (Text(item["description"]) is { Length: > 0 } d ? $" ({d})" : "");
    }

    private static List<string> Outcomes(JsonObject document) => [.. (document["outcomes"] as JsonArray ?? []).Select(Text).OfType<string>()];

    private static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue v when v.TryGetValue<string>(out var s) => s,
        JsonValue v when v.TryGetValue<bool>(out var b) => b ? "Ja" : "Nej",
        _ => DefinitionDocument.Write(node),
    };
}
