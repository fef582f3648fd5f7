namespace CaseWorkflows.Cases.Actors;

/// <summary>A role at a unit (an operation's or region's role is listed once per unit below it too). Capacity is own or cover.</summary>
public sealed record HeldRole(string Role, string Unit, string Capacity, string? CoverFor);
