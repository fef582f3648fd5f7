using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Execution;

/// <summary>Everything a burst may see besides the graph and the state. Nothing else is read: no clock, no randomness, no services.</summary>
public sealed class BurstEnvironment
{
    /// <summary>Business time; the same through the burst.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Objects by type for modules' activities, the last of a type wins.</summary>
    public IReadOnlyList<object> Ambient { get; init; } = [];

    public ExecutionLimits Limits { get; init; } = ExecutionLimits.Default;

    /// <summary>How many runs stand before this one, each started by the one before.</summary>
    public int Depth { get; init; }

    /// <summary>Set when a burst is done again because what it came to could not be kept.</summary>
    public BurstRevision? Revision { get; init; }

    public IReadOnlyList<IExpressionGlobals> Globals { get; init; } = [];

    /// <summary>Ids for children. Ids inside the instance are derived from the instance's own id and counter.</summary>
    public Func<Guid> NewId { get; init; } = Guid.CreateVersion7;

    public T? Find<T>()
    {
        for (var i = Ambient.Count - 1; i >= 0; i--)
        {
            if (Ambient[i] is T found) return found;
        }

        return default;
    }
}
