using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Flöde", DisplayName = "Grenar", Description = "Grenar som pågår samtidigt; klart när den första eller alla är klara.", Hidden = true)]
public sealed class Fork : Activity
{
    [Input(DisplayName = "Väntar på", Description = "Den första grenen eller alla.", Options = ["WaitAny|Den första", "WaitAll|Alla"])]
    public ForkJoinMode JoinMode { get; set; } = ForkJoinMode.WaitAny;

    public IList<Activity> Branches { get; set; } = [];

    protected internal override void Execute(ActivityExecutionContext c)
    {
        foreach (var branch in Branches) c.Schedule(branch);
        if (Branches.Count == 0) c.Complete();
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (JoinMode == ForkJoinMode.WaitAny || !c.HasPendingWork) c.Complete();
    }
}
