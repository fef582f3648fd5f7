using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Grunder", DisplayName = "Avsluta allt", Description = "Avslutar hela flödet direkt. Det som väntar tas bort.", IsTerminal = true, Order = 570)]
public sealed class Finish : Activity, ITerminalActivity
{
    protected internal override void Execute(ActivityExecutionContext c) => c.Workflow.Finish(c);
}
