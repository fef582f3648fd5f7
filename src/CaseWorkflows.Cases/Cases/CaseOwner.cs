namespace CaseWorkflows.Cases.Cases;

/// <summary>Person (user name) or role (label), and the unit's name.</summary>
public sealed record CaseOwner(string? Person, string? Role, string? Unit);
