using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Waits for the resident to write in the case's thread, at most so many working days.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Communication, Order = 30, DisplayName = "Invänta invånaren",
    Description = "Väntar på att invånaren svarar i ärendet. Tid ute = enhetens öppning n arbetsdagar senare.")]
[Port("Svar")]
[Port("Tid ute")]
public sealed class AwaitResident : Activity
{
    [Input(DisplayName = "Högst arbetsdagar", Description = "Tomt = utan gräns; går bara när något annat avslutar flödet.", Order = 1)]
    public Input<int?>? Days { get; set; }

    [Input(DisplayName = "Enhet", UIHint = "dropdown", OptionsProvider = "units", Order = 2)]
    public Input<string>? Unit { get; set; }

    [Output(DisplayName = "Svar")]
    public Output<object>? Reply { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        if (ActivityValidation.IsMissing(Days) && !v.CanEndOtherwise)
            v.Problem(nameof(Days), "no-limit", "väntar på invånaren utan gräns, och inget annat avslutar flödet. Fyll i ’Högst arbetsdagar’.");
        ClockValidation.Positive(v, nameof(Days), Days, "Högst arbetsdagar");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.AwaitEvent(DomainEvents.ResidentReplied);
        if (c.Get(Days) is not (> 0 and var days)) return;
        var hours = c.Scope().Reference.HoursOf(c.RequireUnit(Unit));
        var day = hours.Calendar.Add(SwedishTime.LocalDate(c.Now), ClockValidation.Demand(days, "Högst arbetsdagar"));
        c.ArmTimer(c.CreateBookmark("AwaitResident", null, null), SwedishTime.ToInstant(day, hours.OpeningOn(day) ?? Deadlines.DefaultOpening));
    }

    protected override void Resume(ActivityExecutionContext c, Bookmark b, object? input)
    {
        if (b.Name != Palette.EventBookmark)
        {
            c.CompleteWithOutcomes("Tid ute");
            return;
        }

        c.Set(Reply, input);
        c.CompleteWithOutcomes("Svar");
    }
}
