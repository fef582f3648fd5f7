namespace CaseWorkflows.Runtime;

/// <summary>How often and how long something outside is tried. Delays double from the first, in machine time.</summary>
public sealed record RetrySchedule(int MaxAttempts, TimeSpan FirstDelay, TimeSpan MaxDelay, TimeSpan TimeLimit)
{
    public static RetrySchedule Default { get; } = new(8, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1));

    /// <summary>The wait after the given try (from 1).</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var ticks = FirstDelay.Ticks * Math.Pow(2, Math.Max(0, attempt - 1));
        return ticks >= MaxDelay.Ticks ? MaxDelay : TimeSpan.FromTicks((long)ticks);
    }
}
