namespace CaseWorkflows.Cases.SignIn;

/// <summary>Marks an endpoint that is open to somebody who has to change the password first.</summary>
public sealed class BeforePasswordChange
{
    public static readonly BeforePasswordChange Marker = new();
}
