using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Meets the response clock without a message, with a reason: for a resident who cannot be reached.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Time, Order = 30, DisplayName = "Uppfyll svarstiden", Description = "Uppfyller svarstiden utan meddelande, som avvikelse med skäl.")]
public sealed class MeetDeadline : CodeActivity
{
    [Input(DisplayName = "Skäl", Order = 1, Required = true)]
    public Input<string>? Reason { get; set; }

    protected override void Execute(ActivityExecutionContext c)
    {
        c.History("Svarstid uppfylld utan meddelande", reason: c.Get(Reason));
        ResidentMessage.MeetClock(c, c.RequireCase());
    }
}
