namespace CaseWorkflows.Cases.Cases;

/// <summary>The governing document at the start of the case (D-12): kept as it was.</summary>
public sealed record CaseRoutine(string? DocumentId, string? Version, string Validity);
