using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Composition;

/// <summary>The workflow itself, outermost of every graph.</summary>
[Activity(Name = "Workflow", Category = "Flöde", DisplayName = "Arbetsflöde", Description = "Arbetsflödet självt.", Hidden = true)]
internal sealed class WorkflowActivity : Activity, IComposite
{
    public static readonly ActivityDescriptor Descriptor = DescriptorReader.Read(typeof(WorkflowActivity));

    [Port(DisplayName = "Innehåll", IsBrowsable = false)]
    public Activity? Root { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (Root is null) c.Complete();
        else c.Schedule(Root);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child) => c.Complete();
}
