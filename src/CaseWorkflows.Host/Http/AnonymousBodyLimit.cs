using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.Host.Http;

/// <summary>Who is not signed in has at most a user name and a password to send.</summary>
internal sealed class AnonymousBodyLimit(RequestDelegate next, IRoutineRights rights)
{
    public const long Most = 16 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        // The automation key is no sign-in; it is looked at only when there is more to read.
        var mayBeLarge = http.Request.ContentLength is null or > Most && !HttpMethods.IsGet(http.Request.Method);
        if (mayBeLarge && http.User.Identity?.IsAuthenticated != true && await rights.OfAsync(http) is null) await BodyLimit.DemandAsync(http, Most);
        await next(http);
    }
}
