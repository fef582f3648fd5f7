using CaseWorkflows.Cases.SignIn;
using Microsoft.Net.Http.Headers;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// The headers of every answer, whatever its status and whoever wrote it; the outermost middleware. What an endpoint says itself stays:
/// Studio's pages bring a policy of their own, public files their caching.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Everything comes from this host, and nothing is inline.
    private const string Page = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
    // No document: whatever a browser is made to see in it does nothing.
    private const string Data = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
    // A script's policy is its worker's too; what it may do is its page's to say.
    private const string File = "frame-ancestors 'none'";

    private const string Permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
    private const string OneYear = "max-age=31536000; includeSubDomains";

    private static readonly PathString[] Apis = ["/api", "/elsa", "/openapi", "/health"];

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Apply, http);
        return next(http);
    }

    private static Task Apply(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = PolicyOf(http);
        if (headers.CacheControl.Count == 0 || http.Response.StatusCode >= StatusCodes.Status400BadRequest) headers.CacheControl = "no-store";
        // A browser that has seen it never speaks in clear with this host again; on a developer's own machine that would stop other work.
        if (http.Request.IsHttps && http.Request.Host.Host != "localhost") headers.StrictTransportSecurity = OneYear;
        return Task.CompletedTask;
    }

    private static string PolicyOf(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<PublicFile>() is not null) return File;
        var isPage = http.Response.ContentType is { } type && MediaTypeHeaderValue.TryParse(type, out var media) && media.MediaType == "text/html";
        return isPage && !Apis.Any(api => http.Request.Path.StartsWithSegments(api, StringComparison.OrdinalIgnoreCase)) ? Page : Data;
    }
}
