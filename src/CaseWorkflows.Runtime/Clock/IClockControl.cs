namespace CaseWorkflows.Runtime;

/// <summary>Moves the manual clock.</summary>
public interface IClockControl
{
    /// <summary>
    /// Runs all work due up to <paramref name="to"/> in due order (the clock stands at each due time meanwhile), tries each outside job
    /// that fell due once, and leaves the clock at <paramref name="to"/>.
    /// </summary>
    /// <exception cref="ClockBackwardsException">Before the present business time.</exception>
    /// <exception cref="InvalidOperationException">The clock is the system's.</exception>
    Task AdvanceAsync(DateTimeOffset to, CancellationToken ct = default);
}
