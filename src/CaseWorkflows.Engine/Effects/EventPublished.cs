namespace CaseWorkflows.Engine.Effects;

/// <summary>An event: resumes bookmarks named "Event" with this key, and starts workflows that have it as trigger.</summary>
public sealed record EventPublished(string Name, string? CorrelationId, object? Payload, bool LocalToInstance) : Effect
{
    /// <summary>The <see cref="Execution.BurstEnvironment.Depth"/> of what it starts.</summary>
    public int Depth { get; init; }
}
