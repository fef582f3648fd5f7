namespace CaseWorkflows.Cases.Organisation;

/// <summary>What a routing table is asked with; null = not known.</summary>
public sealed record RoutingQuery(
    string Table,
    string? Unit = null,
    string? CaseType = null,
    int? Team = null,
    int? Priority = null,
    string? Channel = null,
    string? Profession = null,
    string? VisitForm = null,
    bool? DigitalPatient = null);
