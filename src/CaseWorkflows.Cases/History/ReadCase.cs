namespace CaseWorkflows.Cases.History;

/// <summary>A case that was read; Unit is its care unit.</summary>
public sealed record ReadCase(Guid Id, string CaseNumber, string Unit);
