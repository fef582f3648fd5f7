namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// How a burst is done again when what it came to could not be kept: up to a step, to find the one at fault, or whole but for the steps known to
/// be at fault, each of which gets an incident. Ids inside an instance follow from its own counter, so a step has the same id every time.
/// </summary>
public sealed class BurstRevision
{
    private readonly List<string> _ran = [];

    /// <summary>The step executions of this burst, in order; the one resumed is the first.</summary>
    public IReadOnlyList<string> Ran => _ran;

    /// <summary>Executions carried out before the burst stops where it is; null for all.</summary>
    public int? Steps { get; init; }

    /// <summary>Executions that are failed instead of run, with what people are told.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    /// <summary>Nothing runs after a refused execution.</summary>
    public bool StopsAtRefused { get; init; }

    internal bool IsSpent => _ran.Count >= Steps;

    internal void Note(ActivityExecutionContext c) => _ran.Add(c.ActivityInstanceId);
}
