using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Makes the form and the outcomes of a task out of what a definition says and what this case changes in it.</summary>
internal static class HumanTaskForm
{
    public const string Deviation = "Medvetet avsteg";
    public const string DeviationReason = "skäl";
    public const string DeviationPatient = "patientkopplat";

    public static IReadOnlyList<TaskOutcome> Outcomes(
        IEnumerable<string> names, string? preselected, Dictionary<string, string>? disabled, Dictionary<string, string[]>? roles, bool withDeviation)
    {
        var outcomes = names.Select(name => new TaskOutcome(name)
        {
            Preselected = name == preselected,
            DisabledReason = disabled?.GetValueOrDefault(name),
            Roles = roles?.GetValueOrDefault(name)
        }).ToList();
        if (withDeviation) outcomes.Add(new TaskOutcome(Deviation) { Secondary = true });
        return outcomes;
    }

    public static readonly string TooManyFields = $"formuläret har för många fält: högst {TextLimits.Fields} får plats.";

    /// <exception cref="InvalidOperationException">A form that nobody could answer; in Swedish, for the incident of the step that makes it.</exception>
    public static IReadOnlyList<FormField> Fields(JsonNode? form, JsonNode? adjustments, IReadOnlyList<TaskOutcome> outcomes)
    {
        var ordinary = outcomes.Where(o => !o.Secondary).Select(o => o.Name).ToList();
        var deviates = ordinary.Count < outcomes.Count;
        if (form is JsonArray { Count: > TextLimits.Fields }) throw Unusable(TooManyFields);
        var fields = (form as JsonArray ?? []).OfType<JsonObject>()
            .Select(f => Normalised(Adjusted(f, adjustments as JsonObject), ordinary, deviates)).ToList();
        foreach (var field in fields.Concat(fields.SelectMany(f => f.Rows ?? [])))
        {
            if (field.Options?.Any(o => o is null) == true) throw Unusable($"fältet ’{field.Label}’ har ett tomt val.");
            if (field is { Pattern: { } pattern } && FieldPattern.Fault(pattern) is { } fault) throw Unusable($"fältet ’{field.Label}’ har {fault}.");
        }

        if (!deviates) return fields;
        fields.RemoveAll(f => f.Key is DeviationReason or DeviationPatient);
        fields.Add(new FormField { Key = DeviationReason, Label = "Skäl till avsteget", Type = FieldType.LongText, VisibleFor = [Deviation], RequiredFor = [Deviation] });
        fields.Add(new FormField { Key = DeviationPatient, Label = "Kopplat till patient", Type = FieldType.Boolean, VisibleFor = [Deviation], RequiredFor = [Deviation] });
        return fields;
    }

    private static InvalidOperationException Unusable(string why) => new($"Uppgiften kan inte läggas ut: {why}");

    private static JsonObject Adjusted(JsonObject field, JsonObject? adjustments)
    {
        var merged = (JsonObject)field.DeepClone();
        var key = Key(field);
        merged["key"] = key;
        if (adjustments?[key] is not JsonObject change) return merged;
        // What a field is stands in the form: that is what the publish check and the readers of runs go by.
        foreach (var (name, value) in change.Where(c => c.Key is not ("key" or "type"))) merged[name] = value?.DeepClone();
        return merged;
    }

    private static string Key(JsonObject field) =>
        field["key"]?.ToString() is { Length: > 0 } key ? key : FieldKey.FromLabel(field["label"]?.ToString() ?? "");

    // What is worked out may have nothing where a name belongs.
    private static FormField Named(FormField? field) => field is null ? throw Unusable("en kolumn är tom.") : field with
    {
        Key = field.Key ?? "", Label = field.Label ?? field.Key ?? "", Type = field.Type ?? FieldType.Text,
        Aliases = field.Aliases?.Where(a => a is not null).ToList(), Rows = field.Rows?.Select(Named).ToList(),
    };

    // A deviation skips the step's own fields: they are neither shown nor demanded for it.
    private static FormField Normalised(JsonObject json, List<string> ordinary, bool deviates)
    {
        var field = Named(json.Read<FormField>());
        foreach (var row in (field.Type == FieldType.Rows ? field.Value as JsonArray ?? [] : []).OfType<JsonObject>())
            if (row["options"] is JsonArray options && FormOption.Of(options).Count < options.Count) throw Unusable($"fältet ’{field.Label}’ har en rad med ett val som inte är en text.");
        if (!deviates) return field;
        return field with
        {
            RequiredFor = field.Required ? field.RequiredFor ?? ordinary : field.RequiredFor,
            VisibleFor = field.VisibleFor ?? ordinary
        };
    }
}
