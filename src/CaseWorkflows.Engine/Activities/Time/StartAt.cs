using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Time;

[Activity(Category = "Tid", DisplayName = "Vid en tidpunkt", Description = "Startar, eller väntar till, en viss tidpunkt.", Kind = ActivityKind.Trigger, Order = 710)]
public sealed class StartAt : Activity, IScheduledTrigger
{
    [Input(DisplayName = "Tidpunkt", Description = "Svensk tid om inget annat anges.", Required = true)]
    public Input<DateTimeOffset>? DateTime { get; set; }

    public IEnumerable<ScheduledOccurrence> Next(TriggerContext c, DateTimeOffset after, string? key)
    {
        ArgumentNullException.ThrowIfNull(c);
        var at = c.Get(DateTime);
        return at > after && at != default ? [Waiting.Occurrence(at)] : [];
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var at = c.Get(DateTime);
        if (c.IsTriggerOfWorkflow || at <= c.Now) c.Complete();
        else Waiting.Until(c, "StartAt", at);
    }
}
