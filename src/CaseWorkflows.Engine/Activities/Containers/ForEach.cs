using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Upprepning", DisplayName = "För var och en", Description = "Upprepar ett steg för var och en i en lista, i tur och ordning.", Order = 310)]
public sealed class ForEach : Activity, ILoopActivity
{
    [Input(DisplayName = "Lista", Description = "Det som gås igenom.", DefaultSyntax = "JavaScript", Required = true)]
    public Input<List<object?>>? Items { get; set; }

    [Port(DisplayName = "Innehåll")]
    public Activity? Body { get; set; }

    [Output(DisplayName = "Den aktuella")]
    public Output<object>? CurrentValue { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        c.State["items"] = c.Get(Items);
        Next(c);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (c.Breaking) c.Complete();
        else Next(c);
    }

    private void Next(ActivityExecutionContext c)
    {
        if (Body is null || c.State["items"] is not List<object?> items || c.Counter >= items.Count)
        {
            c.Complete();
            return;
        }

        var item = items[c.Counter];
        c.Set(CurrentValue, item);
        c.Schedule(Body, null, new Dictionary<string, object?> { ["CurrentValue"] = item, ["CurrentIndex"] = c.Counter });
        c.Counter++;
    }
}
