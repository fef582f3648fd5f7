namespace CaseWorkflows.Web.SignIn;

/// <summary>A fixture user on the sign-in page of a development host.</summary>
public sealed record DemoUser(string UserName, string Roles);
