namespace CaseWorkflows.Engine.Execution;

/// <summary>What one burst may use before the step at work is failed.</summary>
public sealed record ExecutionLimits
{
    public static ExecutionLimits Default { get; } = new();

    /// <summary>Steps executed in one burst; a loop without end becomes an incident.</summary>
    public int MaxActivities { get; init; } = 100_000;

    /// <summary>Wall-clock for one burst, whose instance is locked meanwhile: many steps with a slow script each come to it first.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many runs may follow each other, each started by the one before; the next is not started.</summary>
    public int MaxRunDepth { get; init; } = 20;

    /// <summary>How many runs may come of one within <see cref="RunsSpan"/>: those it starts, those they start, and so on.</summary>
    public int MaxRuns { get; init; } = 5_000;

    /// <summary>How many of <see cref="MaxRuns"/> this burst may start.</summary>
    public int RunsLeft { get; init; } = 5_000;

    /// <summary>Business time over which <see cref="MaxRuns"/> is counted.</summary>
    public TimeSpan RunsSpan { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Depth of steps inside steps.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Wall-clock, so generous: on a loaded machine an innocent script waits for its turn. Endless loops are stopped by the count of statements long before.</summary>
    public TimeSpan ScriptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public int ScriptStatements { get; init; } = 100_000;

    public int ScriptRecursion { get; init; } = 64;

    /// <summary>Bytes a script may hold; counted by what the thread allocates.</summary>
    public long ScriptMemory { get; init; } = 32 * 1024 * 1024;
}
