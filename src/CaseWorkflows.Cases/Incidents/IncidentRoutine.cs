namespace CaseWorkflows.Cases.Incidents;

/// <summary>The routine that stopped. Version is null when it had not begun.</summary>
public sealed record IncidentRoutine(string DefinitionId, string Name, int? Version);
