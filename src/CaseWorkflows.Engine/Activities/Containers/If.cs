using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Förgrening", DisplayName = "Om", Description = "Gör det ena om villkoret stämmer, annars det andra.", Order = 200)]
public sealed class If : Activity
{
    [Input(DisplayName = "Villkor", Description = "Sant eller falskt.", DefaultSyntax = "JavaScript", Required = true)]
    public Input<bool>? Condition { get; set; }

    [Port(DisplayName = "Då")]
    public Activity? Then { get; set; }

    [Port(DisplayName = "Annars")]
    public Activity? Else { get; set; }

    [Output(DisplayName = "Utfall", Description = "Villkorets värde.")]
    public Output<bool>? Result { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var holds = c.Get(Condition);
        c.Set(Result, holds);
        if ((holds ? Then : Else) is { } next) c.Schedule(next);
        else c.Complete();
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child) => c.Complete();
}
