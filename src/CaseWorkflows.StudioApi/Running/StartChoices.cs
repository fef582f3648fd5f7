namespace CaseWorkflows.StudioApi.Running;

/// <summary>What a start brings.</summary>
internal sealed record StartChoices(string? CorrelationId, string? TriggerNodeId, IReadOnlyDictionary<string, object?> Input, string? Name);
