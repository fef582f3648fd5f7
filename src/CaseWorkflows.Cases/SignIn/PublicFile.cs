namespace CaseWorkflows.Cases.SignIn;

/// <summary>Marks an endpoint that serves a style, script or picture of the product: it asks for no session, and a browser may keep the answer.</summary>
public sealed class PublicFile
{
    public static readonly PublicFile Marker = new();
}
