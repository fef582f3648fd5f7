using System.Globalization;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>Fills a task's form as its description says, knowing nothing of what it is about.</summary>
internal static class FormFiller
{
    /// <summary>The outcome to choose: the preselected one, else one at random; none that is disabled or beside the point.</summary>
    public static string? Outcome(JsonObject task, Random random)
    {
        var open = (task["outcomes"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(o => o["disabledReason"] is null && o["secondary"]?.GetValue<bool>() != true).ToList();
        if (open.Count == 0) return null;
        var preselected = open.FirstOrDefault(o => o["preselected"]?.GetValue<bool>() == true);
        return (preselected is not null && random.Next(4) > 0 ? preselected : open[random.Next(open.Count)])["name"]!.GetValue<string>();
    }

    public static JsonObject Fields(JsonObject task, string outcome, DateTimeOffset now)
    {
        var fields = new JsonObject();
        foreach (var f in (task["form"]?["fields"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var key = f["key"]!.GetValue<string>();
            if (f["visibleFor"] is JsonArray visible && !Has(visible, outcome)) continue;
            var required = f["requiredFor"] is JsonArray demanded ? Has(demanded, outcome) : f["required"]?.GetValue<bool>() == true;
            if (!required || f["value"] is not null && f["type"]!.GetValue<string>() != "rows") continue;
            if (Value(f, now) is { } value) fields[key] = value;
        }

        return fields;
    }

    private static JsonNode? Value(JsonObject field, DateTimeOffset now)
    {
        var options = (field["options"] as JsonArray ?? []).Select(o => o is JsonObject v ? v["value"]?.ToString() : o?.ToString()).Where(o => o is not null).ToList();
        return field["type"]!.GetValue<string>() switch
        {
            "boolean" => true,
            "number" => field["min"]?.DeepClone() ?? 1,
            "date" => now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "time" => now.ToString("HH:mm", CultureInfo.InvariantCulture),
            "dateTime" => now.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            "choice" or "person" or "unit" or "phrase" => options.Count > 0 ? JsonValue.Create(options[0]) : null,
            "multiChoice" or "multiUnit" => options.Count > 0 ? new JsonArray(JsonValue.Create(options[0])) : null,
            "rows" => Rows(field, now),
            "file" => null,
            _ => Text(field["pattern"]?.ToString()),
        };
    }

    /// <summary>Every row as it stands, with its required columns filled.</summary>
    private static JsonArray? Rows(JsonObject field, DateTimeOffset now)
    {
        if (field["value"] is not JsonArray rows) return null;
        var filled = new JsonArray();
        foreach (var row in rows.OfType<JsonObject>())
        {
            var copy = (JsonObject)row.DeepClone();
            foreach (var column in (field["rows"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var key = column["key"]?.ToString();
                if (key is not null && copy[key] is null && Value(column, now) is { } value) copy[key] = value;
            }

            filled.Add((JsonNode)copy);
        }

        return filled;
    }

    private static JsonValue Text(string? pattern) => JsonValue.Create(pattern is null ? "Provtext" : pattern.Contains("\\d", StringComparison.Ordinal) ? "MC-2026-001" : "Provtext");

    private static bool Has(JsonArray list, string text) => list.Any(n => n?.ToString() == text);
}
