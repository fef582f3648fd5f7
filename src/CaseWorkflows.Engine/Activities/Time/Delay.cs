using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Time;

[Activity(Category = "Tid", DisplayName = "Vänta", Description = "Väntar en tid och går sedan vidare. Räknar vanlig tid, inte arbetsdagar.", Order = 700)]
public sealed class Delay : Activity
{
    [Input(DisplayName = "Tid", Description = "dagar.timmar:minuter:sekunder, till exempel 1.00:00:00.", DefaultValue = "00:01:00", Required = true)]
    public Input<TimeSpan>? TimeSpan { get; set; }

    protected internal override void Validate(ActivityValidation v) => TimeBounds.Check(v, nameof(TimeSpan), TimeSpan, "Tid");

    protected internal override void Execute(ActivityExecutionContext c) => Waiting.Until(c, "Delay", TimeBounds.After(c.Now, c.Get(TimeSpan)));
}
