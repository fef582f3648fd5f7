namespace CaseWorkflows.Cases.Incidents;

/// <summary>One page of open incidents, the oldest first. Moved: incidents that now stand before this page and have been on none.</summary>
public sealed record IncidentPage(IReadOnlyList<IncidentItem> Items, string? Next, int Moved);
