using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Grunder", DisplayName = "Sätt korrelation", Description = "Ger flödet det id som händelser utifrån känner igen det på.", Order = 530)]
public sealed class Correlate : CodeActivity
{
    [Input(DisplayName = "Korrelations-id", Required = true, MaxLength = InputLengths.Word)]
    public Input<string>? CorrelationId { get; set; }

    protected internal override void Execute(ActivityExecutionContext c) => c.CorrelationId = c.Get(CorrelationId);
}
