namespace CaseWorkflows.Cases.Cases;

/// <summary>The paper copy of a case. Warning is set for a protected identity.</summary>
public sealed record CasePrint(Guid Id, string CaseNumber, string Text, DateTimeOffset PrintedAt, string PrintedBy, string? Warning);
