using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Flöde", DisplayName = "Slut", Description = "Här slutar flödet. Det som ännu väntar i samma flöde avbryts.", IsTerminal = true, Order = 20)]
public sealed class End : CodeActivity, ITerminalActivity
{
    protected internal override void Execute(ActivityExecutionContext c)
    {
    }
}
