using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Waits for so many minutes of the unit's own opening time (D-08).</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 50, DisplayName = "Öppettidsfördröjning",
    Description = "Väntar så många minuter av enhetens öppettid. Stängd tid räknas inte.")]
public sealed class OpenHoursDelay : Activity
{
    [Input(DisplayName = "Minuter", Order = 1, Required = true)]
    public Input<int>? Minutes { get; set; }

    [Input(DisplayName = "Enhet", UIHint = "dropdown", OptionsProvider = "units", Order = 2)]
    public Input<string>? Unit { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        ClockValidation.Positive(v, nameof(Minutes), Minutes, "Minuter");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        var due = c.Scope().Reference.HoursOf(c.RequireUnit(Unit)).AddOpenTime(c.Now, TimeSpan.FromMinutes(ClockValidation.Demand(c.Get(Minutes), "Minuter")));
        if (due is { } at) c.ArmTimer(c.CreateBookmark("OpenHoursDelay", null, null), at);
        else c.Fault("Enheten har inga öppettider att vänta på.");
    }
}
