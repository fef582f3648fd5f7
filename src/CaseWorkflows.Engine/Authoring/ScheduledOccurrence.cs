namespace CaseWorkflows.Engine.Authoring;

/// <summary>One start by the clock. <c>Key</c> names the series ("" when the trigger has one only, else for example a unit).</summary>
public sealed record ScheduledOccurrence(string Key, DateTimeOffset DueAt, IReadOnlyDictionary<string, object?> Input, string? Region)
{
    /// <summary>
    /// For a series that goes on in equal steps from its own first start instead of following the calendar. While the step is the same, neither
    /// planning anew nor a late start moves the series off its beat.
    /// </summary>
    public TimeSpan? Interval { get; init; }
}
