using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>The session that authentication found for a request.</summary>
public static class RequestSession
{
    private static readonly object Key = new();

    public static LiveSession? SignedIn(this HttpContext http) => http.Items[Key] as LiveSession;

    public static void AttachTo(this LiveSession session, HttpContext http) => http.Items[Key] = session;
}
