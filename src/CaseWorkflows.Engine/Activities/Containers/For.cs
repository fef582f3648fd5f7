using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Containers;

[Activity(Category = "Upprepning", DisplayName = "Räkna", Description = "Upprepar ett steg för varje tal från och med start till slut.", Order = 300)]
public sealed class For : Activity, ILoopActivity
{
    [Input(DisplayName = "Från", Order = 1, Required = true)]
    public Input<int>? Start { get; set; }

    [Input(DisplayName = "Till", Order = 2, Required = true)]
    public Input<int>? End { get; set; }

    [Input(DisplayName = "Steg", Description = "Hur mycket talet ändras varje gång; får vara negativt.", Order = 3, DefaultValue = 1)]
    public Input<int>? Step { get; set; }

    [Input(DisplayName = "Till och med", Description = "Om slutet räknas med.", Order = 4, DefaultValue = true)]
    public Input<bool>? OuterBoundInclusive { get; set; }

    [Port(DisplayName = "Innehåll")]
    public Activity? Body { get; set; }

    [Output(DisplayName = "Talet")]
    public Output<object>? CurrentValue { get; set; }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        c.Counter = c.Get(Start);
        Next(c);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (c.Breaking)
        {
            c.Complete();
            return;
        }

        var step = c.Get(Step);
        c.Counter += step == 0 ? 1 : step;
        Next(c);
    }

    private void Next(ActivityExecutionContext c)
    {
        var (at, end, step) = (c.Counter, c.Get(End), c.Get(Step));
        var left = step < 0 ? at - end : end - at;
        if (Body is null || left < 0 || (left == 0 && !c.Get(OuterBoundInclusive)))
        {
            c.Complete();
            return;
        }

        c.Set(CurrentValue, at);
        c.Schedule(Body, null, new Dictionary<string, object?> { ["CurrentValue"] = at });
    }
}
