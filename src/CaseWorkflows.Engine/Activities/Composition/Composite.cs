using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Composition;

/// <summary>A step with a flow inside; a Complete in it completes this step. Base of composites made in code.</summary>
[Activity(Category = "Sammansättning", DisplayName = "Sammansatt steg", Description = "Ett steg med ett eget flöde inuti.", IsContainer = true, Hidden = true)]
public class Composite : Activity, IComposite
{
    [Port(DisplayName = "Innehåll")]
    public Activity? Root { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        ArgumentNullException.ThrowIfNull(c);
        if (Root is null) c.Complete();
        else c.Schedule(Root);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(child);
        c.CompleteWithOutcomes(c.PendingOutcomes ?? [.. child.Outcomes]);
    }
}
