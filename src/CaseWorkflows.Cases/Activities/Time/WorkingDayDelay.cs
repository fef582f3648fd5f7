using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Waits until the opening or closing of the n-th working day.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 40, DisplayName = "Vänta arbetsdagar",
    Description = "Väntar till enhetens öppning eller stängning n arbetsdagar senare. 0 = idag om det är arbetsdag, annars nästa.")]
public sealed class WorkingDayDelay : Activity
{
    [Input(DisplayName = "Antal arbetsdagar", DefaultValue = 1, Order = 1, Required = true)]
    public Input<int>? Days { get; set; }

    [Input(DisplayName = "Tidpunkt", UIHint = "dropdown", Options = ["Öppning", "Stängning"], DefaultValue = "Öppning", Order = 2)]
    public Input<string>? At { get; set; }

    [Input(DisplayName = "Räknas från", Description = "Tomt = nu.", Order = 3)]
    public Input<DateTimeOffset?>? From { get; set; }

    [Input(DisplayName = "Enhet", UIHint = "dropdown", OptionsProvider = "units", Order = 4)]
    public Input<string>? Unit { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        ClockValidation.NotNegative(v, nameof(Days), Days, "Antal arbetsdagar");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var hours = c.Scope().Reference.HoursOf(c.RequireUnit(Unit));
        var day = hours.Calendar.Add(SwedishTime.LocalDate(c.Get(From) ?? c.Now), ClockValidation.Demand(c.Get(Days), "Antal arbetsdagar"));
        var time = c.Get(At) == "Stängning" ? hours.ClosingOn(day) ?? Deadlines.DefaultClosing : hours.OpeningOn(day) ?? Deadlines.DefaultOpening;
        var due = SwedishTime.ToInstant(day, time);
        if (due <= c.Now) c.Complete();
        else c.ArmTimer(c.CreateBookmark("WorkingDayDelay", null, null), due);
    }
}
