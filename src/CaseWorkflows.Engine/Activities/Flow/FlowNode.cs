using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Flöde", DisplayName = "Grupp", Description = "Ett steg som innehåller ett eget flöde.", Hidden = true)]
public sealed class FlowNode : Activity
{
    [Port(DisplayName = "Innehåll")]
    public Activity? Body { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (Body is null) c.Complete();
        else c.Schedule(Body);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child) => c.Complete();
}
