namespace CaseWorkflows.Engine.Execution;

/// <summary>What starts an instance.</summary>
/// <param name="InstanceId">Made by the host, version 7.</param>
/// <param name="CorrelationId">Or null.</param>
/// <param name="Input">By input name.</param>
/// <param name="TriggerNodeId">The trigger that fired (node id or activity id); null for a plain start.</param>
/// <param name="Name">The instance's name, or null.</param>
/// <param name="TriggerPayload">What the trigger came with, for example an event's payload.</param>
public sealed record StartBurst(
    Guid InstanceId,
    string? CorrelationId = null,
    IReadOnlyDictionary<string, object?>? Input = null,
    string? TriggerNodeId = null,
    string? Name = null,
    object? TriggerPayload = null);
