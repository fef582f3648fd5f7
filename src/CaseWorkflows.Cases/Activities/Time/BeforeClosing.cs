using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Waits until so many minutes before the unit closes next.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 60, DisplayName = "Vänta till stängning minus",
    Description = "Väntar till så många minuter före enhetens nästa stängning. 0 = när den stänger.")]
public sealed class BeforeClosing : Activity
{
    [Input(DisplayName = "Minuter före stängning", DefaultValue = 0, Order = 1, Required = true)]
    public Input<int>? Minutes { get; set; }

    [Input(DisplayName = "Enhet", UIHint = "dropdown", OptionsProvider = "units", Order = 2)]
    public Input<string>? Unit { get; set; }

    protected override void Validate(ActivityValidation v)
    {
        ClockValidation.NotNegative(v, nameof(Minutes), Minutes, "Minuter före stängning");
    }

    protected override void Execute(ActivityExecutionContext c)
    {
        if (c.Scope().Reference.HoursOf(c.RequireUnit(Unit)).NextClosing(c.Now) is not { } closing)
        {
            c.Fault("Enheten har inga öppettider att vänta på.");
            return;
        }

        var due = closing.AddMinutes(-ClockValidation.Demand(c.Get(Minutes), "Minuter före stängning"));
        if (due <= c.Now) c.Complete();
        else c.ArmTimer(c.CreateBookmark("BeforeClosing", null, null), due);
    }
}
