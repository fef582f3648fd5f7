using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Time;

[Activity(Category = "Tid", DisplayName = "Med jämna mellanrum", Description = "Startar flödet gång på gång med samma mellanrum, eller väntar ett sådant.", Kind = ActivityKind.Trigger, Order = 720)]
public sealed class Timer : Activity, IScheduledTrigger
{
    [Input(DisplayName = "Mellanrum", Description = "timmar:minuter:sekunder.", DefaultValue = "00:01:00", Required = true)]
    public Input<TimeSpan>? Interval { get; set; }

    protected internal override void Validate(ActivityValidation v)
    {
        ArgumentNullException.ThrowIfNull(v);
        TimeBounds.Check(v, nameof(Interval), Interval, "Mellanrum");
        if (CanStartWorkflow && TimeSpan.TryParse(ActivityValidation.LiteralText(Interval), System.Globalization.CultureInfo.InvariantCulture, out var interval) && interval < TimeSpan.FromSeconds(1)) v.Problem(nameof(Interval), "interval", "Mellanrummet måste vara minst en sekund.");
    }

    public IEnumerable<ScheduledOccurrence> Next(TriggerContext c, DateTimeOffset after, string? key)
    {
        ArgumentNullException.ThrowIfNull(c);
        var interval = c.Get(Interval);
        return interval < TimeSpan.FromSeconds(1) ? [] : [Waiting.Occurrence(TimeBounds.After(after, interval)) with { Interval = interval }];
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.IsTriggerOfWorkflow) c.Complete();
        else Waiting.Until(c, "Timer", TimeBounds.After(c.Now, c.Get(Interval)));
    }
}
