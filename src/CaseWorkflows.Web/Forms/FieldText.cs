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
            // A time alone is today's, which only the form's own check can know.
            FieldType.DateTime when IsoText.Time(text) is null && IsoText.Instant(text, default) is { } at =>
                SwedishTime.ToLocal(at).ToString(LocalInstant, CultureInfo.InvariantCulture),
            FieldType.Date when IsoText.Date(text) is { } date => IsoText.Write(date),
            FieldType.Time when IsoText.Time(text) is { } time => IsoText.Write(time),
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
            FieldType.Number when NumberText.Decimal(text) is { } number => number,
            FieldType.DateTime when IsoText.Time(text) is null && IsoText.Instant(text, default) is { } at => IsoText.Write(at),
            // What cannot be read goes on as it was typed: the form's own check names the field.
            _ => text,
        };
    }
}
