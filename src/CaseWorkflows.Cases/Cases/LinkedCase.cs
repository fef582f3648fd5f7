namespace CaseWorkflows.Cases.Cases;

/// <summary>Another case that belongs to this one.</summary>
public sealed record LinkedCase(Guid Id, string CaseNumber, string Kind);
