namespace CaseWorkflows.Cases.Incidents;

/// <summary>Where an incident stands in the list.</summary>
internal sealed record IncidentPlace(DateTimeOffset At, Guid Id);
