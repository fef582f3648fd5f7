using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Time;

[Activity(Category = "Tid", DisplayName = "Vid en tidpunkt", Description = "Startar, eller väntar till, en viss tidpunkt.", Kind = ActivityKind.Trigger, Order = 710)]
public sealed class StartAt : Activity, IScheduledTrigger
{
    [Input(DisplayName = "Tidpunkt", Description = "Svensk tid om inget annat anges.", Required = true)]
    public Input<DateTimeOffset>? DateTime { get; set; }

    protected internal override void Validate(ActivityValidation v)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (ActivityValidation.LiteralText(DateTime) is not { Length: > 0 } text) return;
        try
        {
            Values.ConvertTo<DateTimeOffset>(text);
        }
        catch (FormatException)
        {
            v.Problem(nameof(DateTime), "time", $"’Tidpunkt’ är ”{text}”, som inte är en tidpunkt. Skriv till exempel 2026-03-31 08:00.");
        }
    }

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
