using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Primitives;

[Activity(Category = "Grunder", DisplayName = "Skriv rad", Description = "Skriver en rad i värdens logg. För den som bygger och felsöker.", Order = 590)]
public sealed class WriteLine : CodeActivity
{
    [Input(DisplayName = "Text", MaxLength = InputLengths.Reason)]
    public Input<string>? Text { get; set; }

    protected internal override void Execute(ActivityExecutionContext c) => c.Emit(new LineWritten(c.Get(Text) ?? ""));
}
