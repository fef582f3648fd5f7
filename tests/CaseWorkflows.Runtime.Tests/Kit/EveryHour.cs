using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>A domain trigger as modules write them: one series per unit, here two, at every full hour.</summary>
[Activity(Namespace = "Test", Name = "EveryHour", Category = "Test", DisplayName = "Varje timme", Description = "Startar varje hel timme per enhet.", Kind = ActivityKind.Trigger)]
public sealed class EveryHour : CodeActivity, IScheduledTrigger
{
    private static readonly string[] Units = ["enhet-1", "enhet-2"];

    public IEnumerable<ScheduledOccurrence> Next(TriggerContext c, DateTimeOffset after, string? key)
    {
        var hour = new DateTimeOffset(after.Year, after.Month, after.Day, after.Hour, 0, 0, after.Offset).AddHours(1);
        return Units.Where(u => key is null || u == key).Select(u => new ScheduledOccurrence(u, hour, new Dictionary<string, object?> { ["enhet"] = u }, null));
    }

    protected override void Execute(ActivityExecutionContext c)
    {
    }
}
