using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Sammansättning", DisplayName = "Sätt utdata", Description = "Ger en av arbetsflödets utdata ett värde.", Order = 430)]
public sealed class SetOutput : CodeActivity
{
    [Input(DisplayName = "Utdata", Description = "Namnet på arbetsflödets utdata.", UIHint = "output-picker", Required = true)]
    public Input<string>? OutputName { get; set; }

    [Input(DisplayName = "Värde")]
    public Input<object>? OutputValue { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.Get(OutputName) is { Length: > 0 } name) c.SetWorkflowOutput(name, c.Get(OutputValue));
        else c.Fault("Ingen utdata är vald.");
    }
}
