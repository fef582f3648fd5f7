namespace CaseWorkflows.Cases.Cases;

/// <summary>A task of the case; closed ones too.</summary>
public sealed record CaseTaskSummary(Guid Id, string Title, string State, string? Assignee);
