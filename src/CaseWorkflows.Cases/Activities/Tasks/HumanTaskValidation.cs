using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Cases.Activities;

/// <summary>What a human task's settings say of each other: a form and choices that name outcomes, a write-back that names fields.</summary>
internal static class HumanTaskValidation
{
    public static void Run(HumanTask task, ActivityValidation v)
    {
        var outcomes = ActivityValidation.LiteralTexts(task.Outcomes);
        Form(task, v, outcomes);
        if (outcomes is not null)
        {
            Outcomes(v, nameof(HumanTask.Preselected), "Förvalt utfall", One(task.Preselected), outcomes);
            Outcomes(v, nameof(HumanTask.DeviationOutcome), "Utfall efter avsteg", One(task.DeviationOutcome), outcomes);
            Outcomes(v, nameof(HumanTask.HiddenOutcomes), "Utfall som inte gäller", ActivityValidation.LiteralTexts(task.HiddenOutcomes) ?? [], outcomes);
            Outcomes(v, nameof(HumanTask.InterruptEvents), "Avbryts av händelser", ActivityValidation.LiteralTexts(task.InterruptEvents) ?? [], outcomes);
            Outcomes(v, nameof(HumanTask.DisabledOutcomes), "Spärrade utfall", Names(task.DisabledOutcomes), outcomes);
            Outcomes(v, nameof(HumanTask.OutcomeRoles), "Utfall för vissa roller", Names(task.OutcomeRoles), outcomes);
        }

        ClockValidation.Positive(v, nameof(HumanTask.ReminderDays), task.ReminderDays, "Påminn var n:te arbetsdag");
    }

    private static void Form(HumanTask task, ActivityValidation v, IReadOnlyList<string>? outcomes)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var form = ActivityValidation.LiteralJson(task.Form);
        if (form is JsonObject) v.Problem(nameof(HumanTask.Form), "form", "formuläret ska vara en lista av fält, inom [ och ].");
        if (form is JsonArray { Count: > TextLimits.Fields }) v.Problem(nameof(HumanTask.Form), "form", HumanTaskForm.TooManyFields);
        foreach (var field in (form as JsonArray ?? []).OfType<JsonObject>())
        {
            var label = Text(field, "label") ?? "";
            var key = Text(field, "key") is { Length: > 0 } own ? own : FieldKey.FromLabel(label);
            var shown = label.Length > 0 ? label : key;
            if (key.Length == 0) v.Problem(nameof(HumanTask.Form), "form", "ett fält i formuläret saknar namn (label).");
            else if (!keys.Add(key)) v.Problem(nameof(HumanTask.Form), "form", $"formuläret har fältet ’{shown}’ två gånger.");
            if (Text(field, "type") is { } type && !FieldType.All.Contains(type))
                v.Problem(nameof(HumanTask.Form), "form", $"fältet ’{shown}’ är av sorten ’{type}’, som inte finns. Välj en av {string.Join(", ", FieldType.All)}.");
            if (Text(field, "pattern") is { } pattern && FieldPattern.Fault(pattern) is { } fault) v.Problem(nameof(HumanTask.Form), "form", $"fältet ’{shown}’ har {fault}.");
            if (outcomes is null) continue;
            foreach (var list in new[] { "requiredFor", "visibleFor" })
                Outcomes(v, nameof(HumanTask.Form), $"Formulär, fältet {shown}", (field[list] as JsonArray ?? []).OfType<JsonValue>().Select(o => o.ToString()), outcomes);
        }

        if (form is null) return;
        foreach (var (field, target) in ActivityValidation.LiteralJson(task.WriteBack) as JsonObject ?? [])
        {
            if (!keys.Contains(field)) v.Problem(nameof(HumanTask.WriteBack), "write-back", $"’Skriv till ärendet’ nämner fältet ’{field}’, som inte finns i formuläret.");
            if (target?.ToString() is { } to && !TaskCompletion.WriteBackTargets.Contains(to) && !to.StartsWith("fields.", StringComparison.Ordinal))
                v.Problem(nameof(HumanTask.WriteBack), "write-back", $"’Skriv till ärendet’ skriver till ’{to}’, som ärendet inte har. Ange {string.Join(", ", TaskCompletion.WriteBackTargets)} eller fields.namn.");
        }
    }

    private static void Outcomes(ActivityValidation v, string input, string shown, IEnumerable<string> named, IReadOnlyList<string> outcomes)
    {
        foreach (var outcome in named.Where(o => o != HumanTaskForm.Deviation).Except(outcomes))
            v.Problem(input, "unknown-outcome", $"’{shown}’ nämner utfallet ’{outcome}’, som steget inte har. Rätta stavningen eller lägg till utfallet.");
    }

    private static IEnumerable<string> One(Input? input) => ActivityValidation.LiteralText(input) is { Length: > 0 } text ? [text] : [];

    private static IEnumerable<string> Names(Input? input) => (ActivityValidation.LiteralJson(input) as JsonObject ?? []).Select(p => p.Key);

    private static string? Text(JsonObject o, string name) => o[name] is JsonValue value ? value.ToString() : null;
}
