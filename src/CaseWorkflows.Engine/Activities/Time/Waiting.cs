using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Activities.Time;

/// <summary>Waiting for a time: a bookmark that shows when, and a timer on it.</summary>
internal static class Waiting
{
    private static readonly Dictionary<string, object?> NoInput = [];

    public static void Until(ActivityExecutionContext c, string name, DateTimeOffset due)
    {
        var bookmark = c.CreateBookmark(name, null, new Dictionary<string, object?> { ["resumeAt"] = due });
        c.ArmTimer(bookmark, due);
    }

    public static ScheduledOccurrence Occurrence(DateTimeOffset due) => new("", due, NoInput, null);
}
