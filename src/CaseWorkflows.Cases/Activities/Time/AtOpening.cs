using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>
/// Starts the routine once per unit when the unit opens. Which units: those where the named setting is on.
/// One series per unit; hours are read when the next start is planned.
/// </summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 5, Kind = ActivityKind.Trigger, DisplayName = "Vid öppning",
    Description = "Startar rutinen när enheten öppnar: varje arbetsdag, varje öppet dag eller veckans första arbetsdag. En start per enhet som har inställningen på.")]
public sealed class AtOpening : CodeActivity, IScheduledTrigger
{
    private const int SearchDays = 400;

    [Input(DisplayName = "Enheter med inställningen", Description = "Namnet på inställningen som är på för de enheter som rutinen gäller.", UIHint = "dropdown", OptionsProvider = "settings", Order = 1, Required = true)]
    public Input<string>? Setting { get; set; }

    [Input(DisplayName = "Dagar", UIHint = "dropdown", Options = ["Arbetsdag|Varje arbetsdag", "Öppetdag|Varje dag enheten är öppen", "Vecka|Veckans första arbetsdag"], DefaultValue = "Arbetsdag", Order = 2)]
    public Input<string>? Days { get; set; }

    [Output(DisplayName = "Enhet")]
    public Output<string>? Unit { get; set; }

    public IEnumerable<ScheduledOccurrence> Next(TriggerContext c, DateTimeOffset after, string? key)
    {
        var view = c.Ambient<ReferenceView>() ?? throw new InvalidOperationException("Referensdata är inte inläst.");
        var days = c.Get(Days);
        foreach (var unit in view.UnitsWith(c.Get(Setting) ?? ""))
        {
            if (key is not null && unit.Id != key) continue;
            if (NextOpening(view.HoursOf(unit.Id), days, after) is { } at)
                yield return new ScheduledOccurrence(unit.Id, at, new Dictionary<string, object?> { ["enhet"] = unit.Id }, unit.Region);
        }
    }

    protected override void Execute(ActivityExecutionContext c) => c.Set(Unit, c.WorkflowInput.GetValueOrDefault("enhet")?.ToString());

    private static DateTimeOffset? NextOpening(OpeningHours hours, string? days, DateTimeOffset after)
    {
        for (var (day, i) = (SwedishTime.LocalDate(after), 0); i < SearchDays; day = SwedishTime.Plus(day, 1), i++)
        {
            var included = days switch
            {
                "Öppetdag" => true,
                "Vecka" => hours.Calendar.Week(day) is { } week && week.First == day,
                _ => hours.Calendar.IsWorkingDay(day)
            };
            if (included && hours.OpeningOn(day) is { } opening && SwedishTime.ToInstant(day, opening) is var at && at > after) return at;
        }

        return null;
    }
}
