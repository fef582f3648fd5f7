namespace CaseWorkflows.Cases.SignIn;

/// <summary>A successful sign-in.</summary>
/// <param name="SessionId">Goes into the cookie or token as the claim <see cref="Sessions.Claim"/>.</param>
/// <param name="MustChange">Somebody else set the password: nothing but changing it is allowed.</param>
public sealed record SignInResult(string PersonId, string UserName, SignedInUser User, Guid SessionId, bool MustChange);
