using System.Collections;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Does a step for each of a list at the same time, also for those that are added while it is going on; done when all are.</summary>
[Activity(Namespace = Palette.Namespace, Category = Palette.Handling, Order = 90, DisplayName = "För var och en, även tillkomna",
    Description = "Gör ett steg för var och en i en lista, alla samtidigt. Listan läses om varje gång någon är klar, så att den som läggs till sist i den också får sitt.")]
public sealed class ForEachAdded : Activity
{
    private const string Started = "started";
    private const string Finished = "finished";

    [Input(DisplayName = "Lista", Description = "Det som gås igenom. Det som tillkommer läggs sist.", DefaultSyntax = "JavaScript", AutoEvaluate = false, Required = true, Order = 1)]
    public Input<object>? Items { get; set; }

    [Port(DisplayName = "Innehåll")]
    public Activity? Body { get; set; }

    protected override void Execute(ActivityExecutionContext c) => GoOn(c);

    protected override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        c.State[Finished] = c.State.Get<int>(Finished) + 1;
        GoOn(c);
    }

    private void GoOn(ActivityExecutionContext c)
    {
        var items = Body is null ? [] : ListOf(c.Get(Items));
        var started = c.State.Get<int>(Started);
        for (; started < items.Count; started++)
            c.Schedule(Body!, null, new Dictionary<string, object?> { ["CurrentValue"] = items[started], ["CurrentIndex"] = started });
        c.State[Started] = started;
        if (c.State.Get<int>(Finished) >= started) c.Complete();
    }

    private static List<object?> ListOf(object? value) => value is IEnumerable list and not (string or IDictionary) ? [.. list.Cast<object?>()] : [];
}
