namespace CaseWorkflows.Cases.History;

/// <summary>Who acted, by which role where; capacity is own or cover.</summary>
public sealed record HistoryActor(string Kind, string? Id, string? UserName, string? Role, string? Unit, string? Capacity);
