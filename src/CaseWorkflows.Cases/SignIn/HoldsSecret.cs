namespace CaseWorkflows.Cases.SignIn;

/// <summary>Marks an endpoint whose body holds a password: nothing computed from the body is stored.</summary>
public sealed class HoldsSecret
{
    public static readonly HoldsSecret Marker = new();
}
