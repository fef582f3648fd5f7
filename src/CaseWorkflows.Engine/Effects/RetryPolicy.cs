namespace CaseWorkflows.Engine.Effects;

/// <summary>How often and how long a job is tried. Delays double from <c>FirstDelay</c>, in machine time.</summary>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, TimeSpan MaxDelay, TimeSpan TimeLimit)
{
    public static RetryPolicy Default { get; } = new(5, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));
}
