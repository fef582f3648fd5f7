using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Flow;

[Activity(Category = "Förgrening", DisplayName = "Vägval", Description = "Går åt det ena eller det andra hållet efter ett villkor.", Order = 100)]
[Port("True", DisplayName = "Ja")]
[Port("False", DisplayName = "Nej")]
public sealed class FlowDecision : Activity
{
    private static readonly string[] Yes = ["True"];
    private static readonly string[] No = ["False"];

    [Input(DisplayName = "Villkor", Description = "Sant leder till Ja, falskt till Nej.", DefaultSyntax = "JavaScript", Required = true)]
    public Input<bool>? Condition { get; set; }

    protected internal override void Execute(ActivityExecutionContext c) => c.CompleteWithOutcomes(c.Get(Condition) ? Yes : No);
}
