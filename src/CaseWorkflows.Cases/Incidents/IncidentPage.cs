namespace CaseWorkflows.Cases.Incidents;

/// <summary>One page of open incidents, the oldest first.</summary>
public sealed record IncidentPage(IReadOnlyList<IncidentItem> Items, string? Next);
