using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Host.Authentication;

namespace CaseWorkflows.Host.Http;

/// <summary>Whose password somebody else has set does nothing before it is changed: pages lead to the change, programs are refused.</summary>
internal sealed class PasswordChangeGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.SignedIn() is not { MustChange: true } || http.GetEndpoint()?.Metadata is not { } endpoint
            || endpoint.GetMetadata<BeforePasswordChange>() is not null || endpoint.GetMetadata<PublicFile>() is not null) return next(http);
        if (!AuthenticationSetup.IsPageLoad(http.Request))
            return Problems.WriteAsync(http, StatusCodes.Status403Forbidden, "password-change-required", "Du måste byta lösenord först.",
                "Lösenordet är satt av någon annan. Byt det på sidan /byt-losenord eller med POST /api/me/password.");
        http.Response.Redirect("/byt-losenord?returnUrl=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        return Task.CompletedTask;
    }
}
