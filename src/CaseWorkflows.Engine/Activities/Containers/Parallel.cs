using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Flöde", DisplayName = "Samtidigt", Description = "Steg som pågår samtidigt; klart när alla är klara.", IsContainer = true, Hidden = true)]
public sealed class Parallel : Activity
{
    public IList<Activity> Activities { get; set; } = [];

    protected internal override void Execute(ActivityExecutionContext c)
    {
        foreach (var activity in Activities) c.Schedule(activity);
        if (Activities.Count == 0) c.Complete();
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (!c.HasPendingWork) c.Complete();
    }
}
