namespace CaseWorkflows.Cases.Incidents;

/// <summary>The step that failed, as the drawing names it. Name is null when the version no longer has it.</summary>
public sealed record IncidentStep(string NodeId, string? Name, string? Activity);
