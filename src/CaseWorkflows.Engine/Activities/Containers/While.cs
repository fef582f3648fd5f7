using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Upprepning", DisplayName = "Så länge", Description = "Upprepar ett steg så länge villkoret stämmer.", Order = 320)]
public sealed class While : Activity, ILoopActivity
{
    [Input(DisplayName = "Villkor", Description = "Prövas före varje varv.", DefaultSyntax = "JavaScript", AutoEvaluate = false, Required = true)]
    public Input<bool>? Condition { get; set; }

    [Port(DisplayName = "Innehåll")]
    public Activity? Body { get; set; }

    protected internal override void Execute(ActivityExecutionContext c) => Next(c);

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (c.Breaking) c.Complete();
        else Next(c);
    }

    private void Next(ActivityExecutionContext c)
    {
        if (Body is not null && c.Get(Condition)) c.Schedule(Body);
        else c.Complete();
    }
}
