using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.State;

/// <summary>
/// An instance between bursts: immutable data over a graph. Stored with a format number; older formats are lifted when read.
/// </summary>
public sealed class WorkflowState
{
    public const int CurrentFormat = 1;

    /// <summary>The format it was stored in (after reading: the current).</summary>
    public int Format { get; init; } = CurrentFormat;

    public required Guid InstanceId { get; init; }

    public required string DefinitionId { get; init; }

    public required string DefinitionVersionId { get; init; }

    public required int DefinitionVersion { get; init; }

    public WorkflowStatus Status { get; init; }

    public WorkflowSubStatus SubStatus { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, object?> Input { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyDictionary<string, object?> Output { get; init; } = new Dictionary<string, object?>();

    public IReadOnlyList<Bookmark> Bookmarks { get; init; } = [];

    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Executions still alive (and the root's, which holds the workflow's variables).</summary>
    public IReadOnlyList<ActivityState> Activities { get; init; } = [];

    /// <summary>Children started and not yet reported back.</summary>
    public IReadOnlyList<Guid> Children => [.. ChildLinks.Select(l => l.ChildId)];

    /// <summary>Sequence number of the next journal entry.</summary>
    public int NextSequence { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    internal long NextId { get; init; } = 1;

    internal IReadOnlyList<string> QuietBookmarks { get; init; } = [];

    internal IReadOnlyList<WorkflowExecution.ChildLink> ChildLinks { get; init; } = [];

    internal IReadOnlyList<ScheduledState> Scheduled { get; init; } = [];

    internal Dictionary<string, Dictionary<string, object?>>? KeptOutputs { get; init; }

    /// <summary>The workflow's own variables by variable id.</summary>
    public IReadOnlyDictionary<string, object?> Variables =>
        Activities.FirstOrDefault(a => a.ParentId is null)?.Variables ?? new Dictionary<string, object?>();

    public byte[] Serialize() => StateFormat.Write(this);

    /// <exception cref="StateFormatException">The bytes are not a state, or of a newer format.</exception>
    public static WorkflowState Deserialize(ReadOnlySpan<byte> bytes) => StateFormat.Read(bytes);
}
