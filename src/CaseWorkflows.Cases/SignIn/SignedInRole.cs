namespace CaseWorkflows.Cases.SignIn;

/// <summary>A role and where it is held.</summary>
public sealed record SignedInRole(string Role, string? Unit);
