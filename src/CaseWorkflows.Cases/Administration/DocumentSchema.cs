using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Administration;

/// <summary>
/// Checks a document against the record that it will be read as: names, kinds and sizes, all the way down. Every fault comes with its field;
/// dates and times are written as they were read.
/// </summary>
internal sealed class DocumentSchema(DateTimeOffset now, FieldFaults faults)
{
    private const int MostElements = 500;
    private const int MostDigits = 15;
    private const int LongestText = 500;
    private const int LongestRunningText = 20_000;
    private const int LongestDocument = 200_000;

    // Fields that hold running text and not a name.
    private static readonly HashSet<string> RunningText =
        ["text", "övrigInformation", "onlyWithinMessage", "help", "requiredMessage", "note", "revisions", "contact", "phoneList"];

    // The only name-like field that is written on several lines.
    private const string OnSeveralLines = "address";

    // Of a form's field, wherever a document holds a form.
    private const string FieldPatternName = "pattern";

    /// <param name="sound">The document as it was, checked when it was stored: what stands there unchanged is not looked at. Null = everything is.</param>
    public void Check(Type shape, JsonObject document, JsonObject? sound)
    {
        if (document.ToJsonString(DomainJson.Options).Length > LongestDocument) faults.Add("$", $"Uppgifterna får vara högst {LongestDocument} tecken tillsammans.");
        var info = DomainJson.Options.GetTypeInfo(shape);
        foreach (var name in document.Select(p => p.Key).Where(n => n != "id").ToList())
            if (sound is null || !sound.TryGetPropertyValue(name, out var was) || !JsonNode.DeepEquals(was, document[name])) CheckField(info, document, name, name);
    }

    private void CheckField(JsonTypeInfo info, JsonObject document, string name, string at)
    {
        var value = document[name];
        // As written: another case is another name, here as in the database.
        if (info.Properties.FirstOrDefault(p => p.Name == name) is not { } property) Fault(at, "Fältet finns inte.");
        else if (!IsTime(property.PropertyType)) CheckValue(property.PropertyType, value, at, name);
        else if (value is not null) document[name] = Written(property.PropertyType, value, at);
    }

    private static bool IsTime(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var bare && (bare == typeof(DateOnly) || bare == typeof(DateTimeOffset));

    /// <summary>As the one reader of dates and times reads it; an empty one is none.</summary>
    private JsonValue? Written(Type type, JsonNode value, string at)
    {
        if (value.GetValueKind() == JsonValueKind.String && SoundText.IsBlank(value.GetValue<string>())) return null;
        var day = (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateOnly);
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        if (day && IsoText.Date(text) is { } date) return JsonValue.Create(IsoText.Write(date));
        if (!day && IsoText.Instant(text, now) is { } instant) return JsonValue.Create(IsoText.Write(instant));
        Fault(at, (day ? IsoText.DateFault : IsoText.InstantFault) + ".");
        return JsonValue.Create(value.ToString());
    }

    private void CheckValue(Type type, JsonNode? value, string at, string name)
    {
        if (value is null) return;   // not given
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(JsonNode)) return;
        if (type == typeof(JsonObject)) Demand(value is JsonObject, at, "Ange ett objekt.");
        else if (type == typeof(string)) CheckText(value, at, name);
        else if (type == typeof(bool)) Demand(value.GetValueKind() is JsonValueKind.True or JsonValueKind.False, at, "Ange ja eller nej (true eller false).");
        else if (type == typeof(int)) Demand(IsWhole(value), at, "Ange ett heltal.");
        else if (type == typeof(decimal)) Demand(IsNumber(value), at, "Ange ett tal.");
        else CheckComposed(DomainJson.Options.GetTypeInfo(type), value, at, name);
    }

    private void CheckComposed(JsonTypeInfo info, JsonNode value, string at, string name)
    {
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when value is JsonObject inner:
                foreach (var field in inner.Select(p => p.Key).ToList()) CheckField(info, inner, field, $"{at}.{field}");
                foreach (var missing in info.Properties.Where(p => p.IsRequired && inner[p.Name] is null)) Fault($"{at}.{missing.Name}", "Fältet krävs.");
                break;
            case JsonTypeInfoKind.Enumerable when value is JsonArray list:
                Demand(list.Count <= MostElements, at, $"Listan får ha högst {MostElements} delar.");
                for (var i = 0; i < list.Count && i < MostElements; i++) CheckElement(info, list[i], $"{at}[{i}]", name);
                break;
            case JsonTypeInfoKind.Dictionary when value is JsonObject map:
                Demand(map.Count <= MostElements, at, $"Listan får ha högst {MostElements} delar.");
                foreach (var (key, element) in map) CheckElement(info, element, $"{at}.{key}", name);
                break;
            case JsonTypeInfoKind.None:
                Demand(value is JsonValue or JsonObject, at, "Värdet har fel form.");
                break;
            default:
                Fault(at, info.Kind == JsonTypeInfoKind.Enumerable ? "Ange en lista." : "Ange ett objekt.");
                break;
        }
    }

    private void CheckElement(JsonTypeInfo list, JsonNode? element, string at, string name)
    {
        if (element is null) Fault(at, "Värdet saknas.");
        else CheckValue(list.ElementType!, element, at, name);
    }

    private void CheckText(JsonNode value, string at, string name)
    {
        var longest = RunningText.Contains(name) ? LongestRunningText : LongestText;
        if (value.GetValueKind() != JsonValueKind.String) Fault(at, "Ange text.");
        else Demand(value.GetValue<string>().Length <= longest, at, $"Texten får vara högst {longest} tecken.");
        // What nobody sees would make one name look like another.
        if (!RunningText.Contains(name) && value.GetValueKind() == JsonValueKind.String)
            Demand(VisibleText.IsVisible(name == OnSeveralLines ? value.GetValue<string>().ReplaceLineEndings(" ") : value.GetValue<string>()), at, VisibleText.Refused);
        if (name == FieldPatternName && value.GetValueKind() == JsonValueKind.String && FieldPattern.Fault(value.GetValue<string>()) is { } fault) Fault(at, $"Fältet har {fault}.");
    }

    private static bool IsWhole(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsNumber(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && value.ToJsonString() is { Length: <= MostDigits } text
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private void Demand(bool met, string at, string message)
    {
        if (!met) Fault(at, message);
    }

    // Told under the document's own field, with the whole way where it lies deeper.
    private void Fault(string at, string message)
    {
        var field = at.Split('.', '[')[0];
        faults.Add(field, at == field ? message : $"{at}: {message}");
    }
}
