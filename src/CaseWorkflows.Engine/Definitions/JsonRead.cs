using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseWorkflows.Engine.Definitions;

/// <summary>Forgiving reads of a property: a wrong kind of value reads as absent, never as an exception.</summary>
internal static class JsonRead
{
    public static string? Text(this JsonObject o, string name) => o[name] switch
    {
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        JsonValue v when v.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => v.ToJsonString(),
        _ => null,
    };

    public static int? Int(this JsonObject o, string name) =>
        int.TryParse(o.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var i) ? i : null;

    public static bool? Bool(this JsonObject o, string name) => bool.TryParse(o.Text(name), out var b) ? b : null;
}
