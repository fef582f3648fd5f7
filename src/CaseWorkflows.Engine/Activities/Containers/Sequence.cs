using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Flöde", DisplayName = "Sekvens", Description = "Steg som utförs ett efter ett.", IsContainer = true, Hidden = true)]
public class Sequence : Activity
{
    public IList<Activity> Activities { get; set; } = [];

    protected internal override void Execute(ActivityExecutionContext c) => Next(c);

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(child);
        if (c.Breaking || child.Activity is ITerminalActivity) c.Complete();
        else Next(c);
    }

    private void Next(ActivityExecutionContext c)
    {
        if (c.Counter < Activities.Count) c.Schedule(Activities[c.Counter++]);
        else c.Complete();
    }
}
