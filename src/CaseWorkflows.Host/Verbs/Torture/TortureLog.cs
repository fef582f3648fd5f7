using System.Collections.Concurrent;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>What the host has acknowledged: this and nothing less must be there in the end.</summary>
internal sealed class TortureLog
{
    /// <summary>By external id: the case's id.</summary>
    public ConcurrentDictionary<string, Guid> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>By task: how often a completion under a new key was answered with 200.</summary>
    public ConcurrentDictionary<Guid, int> Completions { get; } = new();

    /// <summary>Answers that may not be: a 500, an answer that contradicts an earlier one.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    private int _unavailable;
    private int _lost;
    private int _conflicts;

    public int Unavailable => _unavailable;

    public int Lost => _lost;

    public int Conflicts => _conflicts;

    public void CountUnavailable() => Interlocked.Increment(ref _unavailable);

    public void CountLost() => Interlocked.Increment(ref _lost);

    public void CountConflict() => Interlocked.Increment(ref _conflicts);
}
