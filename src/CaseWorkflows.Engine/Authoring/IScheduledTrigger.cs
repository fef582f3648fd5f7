namespace CaseWorkflows.Engine.Authoring;

/// <summary>A step that starts workflows by the clock.</summary>
public interface IScheduledTrigger
{
    /// <summary>
    /// The next occurrence of each key strictly after <paramref name="after"/>; with <paramref name="key"/> only that one.
    /// Empty when none is left.
    /// </summary>
    IEnumerable<ScheduledOccurrence> Next(TriggerContext c, DateTimeOffset after, string? key);
}
