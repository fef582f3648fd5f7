using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Grunder", DisplayName = "Namnge ärendeflödet", Description = "Ger det pågående flödet ett namn som syns i listor.", Order = 520)]
public sealed class SetName : CodeActivity
{
    [Input(DisplayName = "Namn", Required = true)]
    public Input<string>? Value { get; set; }

    protected internal override void Execute(ActivityExecutionContext c) => c.WorkflowName = c.Get(Value);
}
