namespace CaseWorkflows.Engine.Execution;

/// <summary>What starts an instance.</summary>
public sealed record StartBurst(
    Guid InstanceId,
    string? CorrelationId = null,
    IReadOnlyDictionary<string, object?>? Input = null,
    string? TriggerNodeId = null,
    string? Name = null);
