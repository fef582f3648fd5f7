using System.Text.Json.Nodes;
using System.Text.Json;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Cases.Forms;

/// <summary>Checks what somebody filled in against the form, every field at once, and gives the values in one written form (ids for people and units, ISO times).</summary>
public sealed class FormValidator(ReferenceView reference, DateTimeOffset now)
{
    private readonly FieldReader _reader = new(reference, now);

    /// <param name="fields">The form.</param>
    /// <param name="given">By key, label or alias.</param>
    /// <param name="outcome">The chosen outcome; null at intake.</param>
    /// <param name="drafts">Saved drafts; they come before the prefilled value where <paramref name="given"/> is silent.</param>
    /// <exception cref="Errors.ValidationFailedException">With every faulty field.</exception>
    public IReadOnlyDictionary<string, JsonNode?> Validate(
        IReadOnlyList<FormField> fields, JsonObject? given, TaskOutcome? outcome, JsonObject? drafts = null)
    {
        var errors = new Dictionary<string, string[]>();
        var values = new Dictionary<string, JsonNode?>();
        foreach (var field in fields)
        {
            var key = KeyOf(field);
            if (!Visible(field, outcome)) continue;
            var value = Find(field, given, out var present) is var fromCaller && present ? fromCaller
                : Find(field, drafts, out var drafted) is var fromDraft && drafted ? fromDraft
                : field.Value;
            if (IsEmpty(value))
            {
                if (Demanded(field, outcome)) errors[key] = [field.RequiredMessage ?? $"{Capital(field.Label)} krävs"];
                else values[key] = null;
                continue;
            }

            var (read, error) = _reader.Read(field, value!);
            if (error is not null) errors[key] = [error];
            else if (field.Type == FieldType.Rows) values[key] = CheckRows(field, (JsonArray)read!, key, errors, Demanded(field, outcome));
            else values[key] = read;
        }

        return errors.Count == 0 ? values : throw new Errors.ValidationFailedException(errors);
    }

    public static string KeyOf(FormField field) => field.Key.Length > 0 ? field.Key : FieldKey.FromLabel(field.Label);

    public static bool Visible(FormField field, TaskOutcome? outcome) =>
        field.VisibleFor is null || outcome is null || field.VisibleFor.Contains(outcome.Name);

    private static bool Demanded(FormField field, TaskOutcome? outcome) =>
        field.RequiredFor is { } outcomes ? outcome is not null && outcomes.Contains(outcome.Name)
        : field.Required && outcome is not { Secondary: true };

    private static JsonNode? Find(FormField field, JsonObject? given, out bool present)
    {
        present = false;
        if (given is null) return null;
        var key = KeyOf(field);
        foreach (var (name, value) in given)
        {
            if (name != key && !FieldKey.Same(name, key) && !FieldKey.Same(name, field.Label) && field.Aliases?.Any(a => FieldKey.Same(a, name)) != true) continue;
            present = true;
            if (name == key || value is not null) return value;
        }

        return null;
    }

    private static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => SoundText.IsBlank(text.GetValue<string>()),
        _ => false
    };

    /// <summary>The answer to a list: the rows shown, each with its mark. A row without one is refused on the list's own key.</summary>
    private JsonArray CheckRows(FormField field, JsonArray answers, string key, Dictionary<string, string[]> errors, bool demanded)
    {
        var shown = field.Value as JsonArray ?? [];
        var byKey = RowAnswers.ByKey(answers);
        var result = new JsonArray();
        var unmarked = 0;
        var messages = new List<string>();
        foreach (var row in shown.OfType<JsonObject>())
        {
            var rowKey = RowAnswers.KeyOf(row);
            var merged = (JsonObject)row.DeepClone();
            if (byKey.Remove(rowKey, out var answer))
                foreach (var (name, value) in answer) merged[name] = value?.DeepClone();
            var options = OptionsOf(field, row);
            // A row without options is information only.
            if (IsEmpty(merged["value"])) unmarked += options.Count > 0 ? 1 : 0;
            else if (options.Count > 0 && !options.Contains(merged["value"]!.ToString()))
                messages.Add($"”{merged["value"]}” är inte ett val för raden {rowKey}");
            foreach (var column in field.Rows ?? [])
            {
                var columnKey = KeyOf(column);
                if (columnKey == "value") continue;
                if (IsEmpty(merged[columnKey]))
                {
                    // A column is asked for by the row's mark, as a field is by the outcome.
                    var needed = column.RequiredFor is { } marks ? merged["value"] is { } mark && marks.Contains(mark.ToString()) : column.Required;
                    if (needed) messages.Add($"{Capital(column.Label)} krävs på raden {rowKey}");
                    continue;
                }

                var (read, error) = _reader.Read(column, merged[columnKey]!);
                if (error is not null) messages.Add(error);
                else merged[columnKey] = read?.DeepClone();
            }

            result.Add(merged);
        }

        foreach (var unknown in byKey.Keys) messages.Add($"Raden {unknown} finns inte i listan");
        if (demanded && unmarked > 0) messages.Insert(0, unmarked == 1 ? "En rad saknar markering" : $"{unmarked} rader saknar markering");
        if (messages.Count > 0) errors[key] = [.. messages];
        return result;
    }

    private static List<string> OptionsOf(FormField field, JsonObject row) =>
        row["options"] is JsonArray own ? [.. FormOption.Of(own).Select(o => o.Value)]
        : [.. field.Rows?.FirstOrDefault(c => KeyOf(c) == "value")?.Options?.Select(o => o.Value) ?? []];

    private static string Capital(string label) => label.Length == 0 ? label : char.ToUpperInvariant(label[0]) + label[1..];
}
