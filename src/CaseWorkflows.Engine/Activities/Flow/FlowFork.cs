using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Förgrening", DisplayName = "Dela flödet", Description = "Går alla namngivna vägar samtidigt.", Order = 120)]
public sealed class FlowFork : Activity
{
    [Input(DisplayName = "Vägar", Description = "Namnen på vägarna.", UIHint = "dynamic-outcomes", Required = true)]
    public Input<List<string>>? Branches { get; set; }

    protected internal override void Execute(ActivityExecutionContext c) =>
        c.CompleteWithOutcomes(c.Get(Branches) is { Count: > 0 } branches ? [.. branches] : ["Done"]);
}
