namespace CaseWorkflows.Cases.Administration;

/// <summary>What routines are told of a change in reference data.</summary>
/// <param name="OfUnits">Units whose people it tells of.</param>
public sealed record ReferenceEvent(
    string Name, string? CorrelationId, string Region, IReadOnlyDictionary<string, object?> Payload, IReadOnlyList<string> OfUnits);
