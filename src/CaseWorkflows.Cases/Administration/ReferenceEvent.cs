namespace CaseWorkflows.Cases.Administration;

/// <summary>What routines are told of a change in reference data.</summary>
public sealed record ReferenceEvent(string Name, string? CorrelationId, string Region, IReadOnlyDictionary<string, object?> Payload);
