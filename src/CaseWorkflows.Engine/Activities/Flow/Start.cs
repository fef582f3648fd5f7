using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Flöde", DisplayName = "Start", Description = "Här börjar flödet.", IsStart = true, Order = 10)]
public sealed class Start : CodeActivity
{
    protected internal override void Execute(ActivityExecutionContext c)
    {
    }
}
