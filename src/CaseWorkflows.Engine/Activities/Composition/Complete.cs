using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Activities.Composition;

[Activity(Category = "Sammansättning", DisplayName = "Avsluta arbetsflödet", Description = "Avslutar arbetsflödet, eller det arbetsflöde som används som steg, med ett utfall.", IsTerminal = true, Order = 440)]
public sealed class Complete : Activity, ITerminalActivity
{
    [Input(DisplayName = "Utfall", Description = "Ett utfall eller en lista av utfall.", UIHint = "outcome-picker", DefaultSyntax = "Object")]
    public Input<object>? Outcomes { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var composite = c.Parent;
        while (composite is not null && composite.Activity is not IComposite) composite = composite.Parent;
        var outcomes = ReadOutcomes(c.Get(Outcomes));
        if (composite is not null) composite.PendingOutcomes = outcomes;

        // The step first, so that what holds it can end in its own way; then the workflow, if it is still going.
        c.Complete();
        if (composite is { Status: ActivityStatus.Running }) composite.CompleteWithOutcomes(outcomes);
    }

    private static string[] ReadOutcomes(object? value) => value switch
    {
        null or "" => ["Done"],
        string s when !s.TrimStart().StartsWith('[') => [s],
        _ => [.. Values.ConvertTo<List<string>>(value) ?? ["Done"]],
    };
}
