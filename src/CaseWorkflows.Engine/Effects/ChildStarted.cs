namespace CaseWorkflows.Engine.Effects;

/// <summary>Start a child. With a bookmark the parent waits: resume it with a <see cref="ChildResult"/> when the child has finished.</summary>
public sealed record ChildStarted(
    Guid ChildInstanceId,
    string DefinitionId,
    IReadOnlyDictionary<string, object?> Input,
    string? CorrelationId,
    string? WaitBookmarkId,
    bool InheritCase) : Effect
{
    /// <summary>The child's <see cref="Execution.BurstEnvironment.Depth"/>.</summary>
    public int Depth { get; init; }
}
