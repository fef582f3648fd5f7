using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Web.Forms;

/// <summary>Between a field's JSON value and the text of its control. Instants are stored in UTC and typed in Stockholm time.</summary>
internal static class FieldText
{
    private const string LocalInstant = "yyyy-MM-ddTHH:mm";

    public static IReadOnlyList<string> Of(string type, JsonNode? value) => value switch
    {
        null => [],
        JsonArray array => [.. array.Where(v => v is not null).Select(v => One(type, v!))],
        _ => [One(type, value)],
    };

    private static string One(string type, JsonNode value)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return type switch
        {
            FieldType.DateTime when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var at)
                && HasOffset(text) => SwedishTime.ToLocal(at).ToString(LocalInstant, CultureInfo.InvariantCulture),
            FieldType.Date when text.Length > 10 => text[..10],
            FieldType.Time when TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) => time.ToString("HH:mm", CultureInfo.InvariantCulture),
            _ => text,
        };
    }

    /// <summary>The value to send for one control's text; null clears the field.</summary>
    public static JsonNode? Parse(string type, string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return null;
        return type switch
        {
            FieldType.Boolean => text is "true" or "on",
            // Staff write a decimal comma; what is no number goes on as text, so that the form's own check names the field.
            FieldType.Number => decimal.TryParse(text.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : text,
            FieldType.DateTime => DateTime.TryParseExact(text, [LocalInstant, "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                ? SwedishTime.WithOffset(SwedishTime.ToInstant(local)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)
                : text,
            _ => text,
        };
    }

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':';
}
