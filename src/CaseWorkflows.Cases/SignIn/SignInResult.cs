namespace CaseWorkflows.Cases.SignIn;

/// <summary>A successful sign-in.</summary>
public sealed record SignInResult(string PersonId, string UserName, SignedInUser User);
