namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Something the check of a routine has to say, in Swedish, to a process owner.</summary>
/// <param name="Code">Stable and short: unconnected-outcome, unreachable, endless, join-hangs, missing-input, unknown-value…</param>
/// <param name="NodeId">The step; null when it is about the whole routine.</param>
/// <param name="ActivityId">The step's id in the document.</param>
/// <param name="Step">What the step is called.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string? NodeId, string? ActivityId, string? Step, string Message);
