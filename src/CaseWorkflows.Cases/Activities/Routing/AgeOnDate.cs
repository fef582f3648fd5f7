using System.Globalization;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Chooses a way by the patient's age on a date. Limits 12, 16, 18 give "0–11", "12–15", "16–17" and "18–".</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Routing, Order = 40, DisplayName = "Åldersvillkor",
    Description = "Väljer väg efter patientens ålder på dagen för ansökan. Gränserna 12, 16 ger utfallen 0–11, 12–15 och 16–.")]
public sealed class AgeOnDate : CodeActivity
{
    [Input(DisplayName = "Åldersgränser", UIHint = "multitext", DefaultSyntax = "Object", Order = 1, Required = true)]
    public Input<object>? Limits { get; set; }

    [Input(DisplayName = "Utfall", Description = "Åldersspannen, t.ex. 0–11.", UIHint = "dynamic-outcomes", DefaultSyntax = "Object", Order = 2, Required = true,
        UiSpecifications = """{"DynamicOutcomesOptions":{"fixedOutcomes":["Okänd ålder"]}}""")]
    public Input<object>? Outcomes { get; set; }

    [Input(DisplayName = "Födelsedatum", Description = "Tomt = patientens.", Order = 3)]
    public Input<string>? BirthDate { get; set; }

    [Input(DisplayName = "Datum", Description = "Tomt = dagen ärendet kom in.", Order = 4)]
    public Input<string>? On { get; set; }

    [Output(DisplayName = "Ålder")]
    public Output<int?>? Age { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.LiteralTexts(Limits) is not { Count: > 0 } limits) return;
        if (limits.FirstOrDefault(l => !int.TryParse(l, CultureInfo.InvariantCulture, out _)) is { } odd)
        {
            v.Problem(nameof(Limits), "value", $"åldersgränsen ’{odd}’ är inget heltal.");
            return;
        }

        if (ActivityValidation.LiteralTexts(Outcomes) is not { Count: > 0 } outcomes) return;
        List<int> numbers = [.. limits.Select(l => int.Parse(l, CultureInfo.InvariantCulture)).Order()];
        foreach (var band in numbers.Prepend(0).Select(age => Band(age, numbers)).Distinct().Except(outcomes))
            v.Problem(nameof(Outcomes), "missing-outcome", $"gränserna ger åldersspannet ’{band}’, men det finns inte bland utfallen. Lägg till det.");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var record = c.Scope().Case;
        var birth = IsoText.Date(c.Get(BirthDate)) ?? record?.Patient?.BirthDate;
        var on = IsoText.Date(c.Get(On)) ?? SwedishTime.LocalDate(record?.ArrivedAt ?? c.Now);
        if (birth is not { } born)
        {
            c.CompleteWithOutcomes("Okänd ålder");
            return;
        }

        var age = AgeAt(born, on);
        c.Set(Age, age);
        c.CompleteWithOutcomes(Band(age, [.. c.Texts(Limits).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).Order()]));
    }

    internal static int AgeAt(DateOnly born, DateOnly on) => on.Year - born.Year - (born.AddYears(on.Year - born.Year) > on ? 1 : 0);

    internal static string Band(int age, IReadOnlyList<int> limits)
    {
        var lower = limits.LastOrDefault(l => l <= age);
        var upper = limits.Where(l => l > age).Select(l => (int?)l).FirstOrDefault();
        return upper is null ? $"{lower}–" : $"{lower}–{upper - 1}";
    }
}
