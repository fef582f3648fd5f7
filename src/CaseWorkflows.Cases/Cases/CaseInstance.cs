namespace CaseWorkflows.Cases.Cases;

/// <summary>A routine running, or run, for the case.</summary>
public sealed record CaseInstance(Guid Id, string DefinitionId, int Version, string Status);
