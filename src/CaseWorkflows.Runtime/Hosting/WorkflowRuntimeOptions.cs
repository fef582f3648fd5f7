namespace CaseWorkflows.Runtime;

/// <summary>How the runtime works on this host. Changing any of it touches no stored instance.</summary>
public sealed class WorkflowRuntimeOptions
{
    public ClockMode ClockMode { get; set; } = ClockMode.System;

    /// <summary>Seeds the manual clock of a database whose clock has never been set. Null: the machine's time.</summary>
    public DateTimeOffset? ClockSeed { get; set; }

    /// <summary>False: this host only answers calls, and leaves timers and jobs to others.</summary>
    public bool RunPump { get; set; } = true;

    /// <summary>Safety net when neither memory nor NOTIFY told of new work.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Queue items worked on at once by this host's pump.</summary>
    public int PumpWorkers { get; set; } = 4;

    /// <summary>Outside jobs and messages running at once on this host.</summary>
    public int OutsideWorkers { get; set; } = 8;

    /// <summary>
    /// How long a job is safe from other hosts; renewed while it runs. A database-only item is safe as long from being taken for one whose host
    /// died at its last try. Machine time.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many runs may follow each other, each started by the one before. Counting begins anew with what a run starts without waiting for it
    /// when it has lived for an hour.
    /// </summary>
    public int MaxRunDepth { get; set; } = 20;

    /// <summary>
    /// How many runs may come of one that something outside began (a call, a message, a schedule) within <see cref="RunsSpan"/>: those it starts,
    /// those they start, and so on, over waits, events and hosts.
    /// </summary>
    public int MaxRuns { get; set; } = 5_000;

    /// <summary>Business time over which <see cref="MaxRuns"/> is counted; then counting begins anew.</summary>
    public TimeSpan RunsSpan { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many waits that are over at once, jobs and events may follow each other before a second of business time has passed.</summary>
    public int MaxTurns { get; set; } = 2_000;

    /// <summary>How often a database-only item is tried before it is parked as an incident.</summary>
    public int MaxItemAttempts { get; set; } = 5;

    /// <summary>
    /// Wait before the second try of a database-only item; doubles. Machine time. The call that caused the item waits with it, at most
    /// until it is parked (under four seconds as set here).
    /// </summary>
    public TimeSpan ItemRetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);
}
