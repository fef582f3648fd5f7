using System.Text.Json.Nodes;

namespace CaseWorkflows.Cases.Forms;

/// <summary>The rows that a list shows, and what is answered for each of them by its <c>key</c>.</summary>
internal static class RowAnswers
{
    /// <summary>The answers by their rows' keys; of two for one row the last.</summary>
    public static Dictionary<string, JsonObject> ByKey(JsonArray answers) =>
        answers.OfType<JsonObject>().Where(a => a["key"] is not null).GroupBy(a => a["key"]!.ToString()).ToDictionary(g => g.Key, g => g.Last());

    public static string KeyOf(JsonObject row) => row["key"]?.ToString() ?? "";

    /// <summary>The list as it is shown with a draft of its answers: what a row tells about itself is never the draft's.</summary>
    public static JsonNode? Shown(FormField field, JsonNode? draft)
    {
        if (field.Value is not JsonArray rows || draft is not JsonArray drafted) return field.Value;
        var answers = ByKey(drafted);
        var columns = (field.Rows ?? []).Select(FormValidator.KeyOf).Append("value").ToHashSet();
        var shown = (JsonArray)rows.DeepClone();
        foreach (var row in shown.OfType<JsonObject>())
        {
            if (!answers.TryGetValue(KeyOf(row), out var answer)) continue;
            foreach (var (name, value) in answer.Where(a => columns.Contains(a.Key))) row[name] = value?.DeepClone();
        }

        return shown;
    }
}
