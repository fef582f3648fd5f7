using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Förgrening", DisplayName = "Samla vägar", Description = "Väntar in de vägar som leder hit: den första, alla, eller alla som tagits. Vid den första avbryts det som ännu väntar på de andra.", Order = 130)]
public sealed class FlowJoin : Activity
{
    [Input(DisplayName = "Väntar på", Description = "Den första vägen, alla vägar, eller alla vägar som tagits.", DefaultValue = "WaitAny", UIHint = "dropdown",
        Options = ["WaitAny|Den första", "WaitAll|Alla", "WaitAllActive|Alla som tagits"])]
    public Input<FlowJoinMode>? Mode { get; set; }

    internal FlowJoinMode ModeOf(ActivityExecutionContext c) => Mode?.Evaluate(c) is FlowJoinMode mode ? mode : FlowJoinMode.WaitAny;

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.Parent is { Activity: Flowchart flowchart } parent && ModeOf(parent) == FlowJoinMode.WaitAny)
        {
            var ancestors = flowchart.GraphOf(parent).Ancestors(Node.LocalIndex);
            foreach (var child in parent.Children.Where(p => p.Status == ActivityStatus.Running && p != c && ancestors.Contains(p.Node.LocalIndex)).Reverse().ToArray()) parent.Cancel(child);
        }

        c.Complete();
    }
}
