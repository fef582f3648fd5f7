using System.Security.Claims;
using CaseWorkflows.Cases.SignIn;

namespace CaseWorkflows.Host.Authentication;

/// <summary>A cookie or token is as good as the session that it names, at this moment, in the database.</summary>
internal static class SessionCheck
{
    public static async Task<bool> IsAliveAsync(HttpContext http, ClaimsPrincipal? principal, bool prolong)
    {
        // Styles and scripts are for everybody; a page that loads forty of them asks once.
        if (IsPublicFile(http) || !Guid.TryParse(principal?.FindFirst(Sessions.Claim)?.Value, out var id)) return false;
        var session = await http.RequestServices.GetRequiredService<Sessions>().FindAsync(id, prolong, http.RequestAborted);
        if (session is null || session.PersonId != principal.FindFirst("sub")?.Value) return false;
        session.AttachTo(http);
        return true;
    }

    public static bool IsPublicFile(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<PublicFile>() is not null;
}
