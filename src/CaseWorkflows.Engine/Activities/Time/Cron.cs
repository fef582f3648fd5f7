using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Time;

[Activity(Category = "Tid", DisplayName = "Enligt schema", Description = "Startar flödet enligt ett cron-uttryck i svensk tid, eller väntar till nästa gång.", Kind = ActivityKind.Trigger, Order = 730)]
public sealed class Cron : Activity, IScheduledTrigger
{
    [Input(DisplayName = "Cron-uttryck", Description = "Sekund minut timme dag månad veckodag, till exempel 0 0 8 * * MON-FRI.", Required = true)]
    public Input<string>? CronExpression { get; set; }

    protected internal override void Validate(ActivityValidation v)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (ActivityValidation.LiteralText(CronExpression) is { } text && CronSchedule.TryParse(text, out _) is { } problem) v.Problem(nameof(CronExpression), "cron", problem);
    }

    public IEnumerable<ScheduledOccurrence> Next(TriggerContext c, DateTimeOffset after, string? key)
    {
        ArgumentNullException.ThrowIfNull(c);
        return CronSchedule.TryParse(c.Get(CronExpression) ?? "", out var schedule) is null && schedule!.Next(after) is { } due ? [Waiting.Occurrence(due)] : [];
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        if (c.IsTriggerOfWorkflow)
        {
            c.Complete();
            return;
        }

        if (CronSchedule.TryParse(c.Get(CronExpression) ?? "", out var schedule) is { } problem) c.Fault(problem);
        else if (schedule!.Next(c.Now) is { } due) Waiting.Until(c, "Cron", due);
        else c.Fault("Cron-uttrycket infaller aldrig mer.");
    }
}
