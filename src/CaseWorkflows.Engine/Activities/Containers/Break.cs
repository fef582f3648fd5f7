using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Upprepning", DisplayName = "Avbryt upprepning", Description = "Lämnar den upprepning som steget ligger i.", IsTerminal = true, Order = 340)]
public sealed class Break : CodeActivity, ITerminalActivity
{
    protected internal override void Execute(ActivityExecutionContext c)
    {
        for (var p = c.Parent; p is not null; p = p.Parent)
        {
            if (p.Activity is Sequence or ILoopActivity) p.Breaking = true;
            if (p.Activity is ILoopActivity) return;
        }
    }
}
