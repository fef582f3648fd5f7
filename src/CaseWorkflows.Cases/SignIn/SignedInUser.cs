namespace CaseWorkflows.Cases.SignIn;

/// <summary>The user object of sign-in and <c>/me</c>. Roles by label, units by name.</summary>
public sealed record SignedInUser(string Id, string Name, IReadOnlyList<SignedInRole> Roles);
