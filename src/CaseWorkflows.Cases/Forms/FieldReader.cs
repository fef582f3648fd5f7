using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Forms;

/// <summary>Reads one value of a form by its type; a fault is a Swedish sentence.</summary>
internal sealed class FieldReader(ReferenceView reference, DateTimeOffset now)
{
    public (JsonNode? Value, string? Error) Read(FormField field, JsonNode value)
    {
        // Rows are held against those that the review shows.
        var most = field.Type == FieldType.File ? TextLimits.Files : field.Type == FieldType.Rows ? int.MaxValue : TextLimits.Choices;
        return value is JsonArray list && list.Count > most ? (null, JsonShape.TooMany(most)) : ReadValue(field, value);
    }

    private (JsonNode? Value, string? Error) ReadValue(FormField field, JsonNode value) => field.Type switch
    {
        FieldType.Boolean => Boolean(field, value),
        FieldType.Number => Number(field, value),
        FieldType.Date => Date(value),
        FieldType.Time => Time(value),
        FieldType.DateTime => DateAndTime(value),
        FieldType.Choice => Choice(field, value),
        FieldType.MultiChoice => Many(value, item => Choice(field, item)),
        FieldType.Person => Person(field, value),
        FieldType.Unit => Unit(field, value),
        FieldType.MultiUnit => Many(value, item => Unit(field, item)),
        FieldType.Phrase => Phrase(value),
        FieldType.File => value is JsonArray or JsonObject ? (value.DeepClone(), null) : (null, "Filen kan inte läsas"),
        FieldType.Rows => value is JsonArray ? (value.DeepClone(), null) : (null, "Listan kan inte läsas"),
        _ => Text(field, value)
    };

    private static (JsonNode?, string?) Text(FormField field, JsonNode value)
    {
        if (value is not JsonValue) return (null, "Fältet ska vara en text");
        var text = value.ToString();
        if (TextLimits.Fault(text, TextLimits.Text) is { } fault) return (null, fault);
        if (field.Min is { } min && text.Trim().Length < min) return (null, $"Minst {min:0} tecken krävs");
        if (field.Max is { } max && text.Length > max) return (null, $"Högst {max:0} tecken får plats");
        return (field.Pattern is { } pattern ? FieldPattern.Fits(pattern, text) : true) switch
        {
            true => (text, null),
            false => (null, field.Help ?? "Texten har fel form"),
            null => (null, "Texten kunde inte prövas. Korta den.")
        };
    }

    private static (JsonNode?, string?) Boolean(FormField field, JsonNode value)
    {
        bool? read = value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetValue<string>().Trim().ToLowerInvariant() switch
            {
                "ja" or "true" or "on" or "1" => true,
                "nej" or "false" or "0" => false,
                _ => null
            },
            _ => null
        };
        return read is null ? (null, "Svara ja eller nej")
            : field.Pattern == "true" && read == false ? (null, $"{field.Label} behöver vara klart")
            : (read.Value, null);
    }

    private static (JsonNode?, string?) Number(FormField field, JsonNode value)
    {
        if (NumberText.Decimal(value) is not { } number) return (null, NumberText.Fault);
        if (field.Min is { } min && number < min) return (null, $"Minsta tillåtna värde är {min:0.##}");
        if (field.Max is { } max && number > max) return (null, $"Högsta tillåtna värde är {max:0.##}");
        return (number, null);
    }

    private static (JsonNode?, string?) Date(JsonNode value) =>
        IsoText.Date(Words(value)) is { } date ? (IsoText.Write(date), null) : (null, IsoText.DateFault);

    private static (JsonNode?, string?) Time(JsonNode value) =>
        IsoText.Time(Words(value)) is { } time ? (IsoText.Write(time), null) : (null, IsoText.TimeFault);

    private (JsonNode?, string?) DateAndTime(JsonNode value) =>
        IsoText.Instant(Words(value), now) is { } at ? (IsoText.Write(at), null) : (null, IsoText.InstantFault);

    private static string? Words(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static (JsonNode?, string?) Choice(FormField field, JsonNode value)
    {
        // Options are texts; a number or a boolean given for one counts by how it is written.
        var text = value.GetValueKind() switch { JsonValueKind.True => "ja", JsonValueKind.False => "nej", _ => value.ToString().Trim() };
        if (value is not JsonValue) return (null, "Ange ett av valen");
        if (TextLimits.Fault(text, TextLimits.Text) is { } fault) return (null, fault);
        if (field.Options is not { Count: > 0 } options) return (text, null);
        var option = options.FirstOrDefault(o => o.Value == text)
            ?? options.FirstOrDefault(o => SoundText.Same(o.Label, text, StringComparison.OrdinalIgnoreCase) || SoundText.Same(o.Value, text, StringComparison.OrdinalIgnoreCase));
        return option is null ? (null, $"”{text}” är inte ett av valen: {string.Join(", ", options.Select(o => o.Label))}") : (option.Value, null);
    }

    private (JsonNode?, string?) Person(FormField field, JsonNode value)
    {
        var person = reference.FindPerson(value.ToString());
        if (person is null) return (null, "Personen finns inte");
        return field.Options is { Count: > 0 } options && !options.Any(o => o.Value == person.Id || o.Value == person.UserName)
            ? (null, "Personen kan inte väljas här")
            : (person.Id, null);
    }

    private (JsonNode?, string?) Unit(FormField field, JsonNode value)
    {
        var unit = reference.FindUnit(value.ToString());
        if (unit is null) return (null, $"Enheten ”{value}” finns inte");
        return field.Options is { Count: > 0 } options && !options.Any(o => o.Value == unit.Id || o.Value == unit.Name)
            ? (null, $"{unit.Name} kan inte väljas här")
            : (unit.Id, null);
    }

    private (JsonNode?, string?) Phrase(JsonNode value) =>
        value is not JsonValue ? (null, "Fältet ska vara en text")
        : TextLimits.Fault(value.ToString(), TextLimits.Text) is { } fault ? (null, fault)
        : reference.FindPhrase(value.ToString()) is { } phrase ? (phrase.Key, null) : (value.ToString(), null);

    private static (JsonNode?, string?) Many(JsonNode value, Func<JsonNode, (JsonNode? Value, string? Error)> one)
    {
        var items = value is JsonArray array ? array.Where(i => i is not null).Select(i => i!).ToList() : [value];
        var read = new JsonArray();
        var seen = new HashSet<string>();
        foreach (var item in items)
        {
            var (result, error) = one(item);
            if (error is not null) return (null, error);
            if (result is not null && seen.Add(result.ToString())) read.Add(result);
        }

        return (read, null);
    }
}
