namespace CaseWorkflows.Runtime;

/// <summary>Starts one instance.</summary>
public sealed record StartWorkflow
{
    public required string DefinitionId { get; init; }

    /// <summary>Null: the published version.</summary>
    public int? Version { get; init; }

    /// <summary>A version by its own id, before <see cref="Version"/>; for trial runs of a frozen draft.</summary>
    public string? VersionId { get; init; }

    public Guid InstanceId { get; init; } = Guid.CreateVersion7();

    public string? CorrelationId { get; init; }

    public Guid? CaseId { get; init; }

    public required string Region { get; init; }

    public bool Trial { get; init; }

    /// <summary>The trial that it belongs to, by the instance it began with; null begins a trial of its own.</summary>
    public Guid? TrialRoot { get; init; }

    public IReadOnlyDictionary<string, object?> Input { get; init; } = new Dictionary<string, object?>();

    /// <summary>The trigger that starts it, or null for the start of the workflow.</summary>
    public string? TriggerNodeId { get; init; }

    public Guid? ParentInstanceId { get; init; }

    /// <summary>The parent's bookmark that is resumed with a <c>ChildResult</c> when this instance has finished.</summary>
    public string? ParentBookmarkId { get; init; }

    public string? Name { get; init; }

    /// <summary>How many runs stand before it, each started by the one before.</summary>
    internal int Depth { get; init; }

    /// <summary>Whatever the routine calls itself, lists show <see cref="Name"/>: what it starts with may come from a case.</summary>
    public bool KeepsName { get; init; }

    /// <summary>Objects the activities find by type. All tries of the start share them: nothing may change them.</summary>
    public IReadOnlyList<object> Ambient { get; init; } = [];

    /// <summary>Objects that the burst changes, made anew for each try, so that none sees what a failed one did.</summary>
    public Func<IReadOnlyList<object>>? AmbientOfTry { get; init; }

    public IReadOnlyList<IBurstParticipant> Participants { get; init; } = [];

    /// <summary>Where its input comes from.</summary>
    internal Origin? Origin { get; init; }

    /// <summary>The run that it comes of, however many stand between; null when it is begun from outside.</summary>
    internal Guid? Family { get; init; }
}
