using CaseWorkflows.Host.Authentication;

namespace CaseWorkflows.Host.Http;

/// <summary>
/// Refuses unsafe calls that a browser makes with our cookie on behalf of another site, the hub's sockets included. One place
/// for all pages and APIs, so that no form needs a token of its own. A call with a bearer token is no browser's doing and passes.
/// </summary>
internal sealed class SameOriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (!IsUnsafe(http) || AuthenticationSetup.HasBearer(http.Request) || IsAllowed(http.Request)) return next(http);
        return Problems.WriteAsync(http, StatusCodes.Status403Forbidden, "cross-origin",
            "Anropet kom inte från den här webbplatsen.", "Öppna sidan på nytt och försök igen. En integration ska ange en bearer-token.");
    }

    private static bool IsUnsafe(HttpContext http)
    {
        var method = http.Request.Method;
        return http.WebSockets.IsWebSocketRequest
            || !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method));
    }

    private static bool IsAllowed(HttpRequest request)
    {
        // Browsers that send it cannot be made to lie in it, and it needs no knowledge of what a proxy did to the host name.
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin) return IsOurs(origin, request);
        if (request.Headers.Referer.ToString() is { Length: > 0 } referer) return IsOurs(referer, request);
        // Without any of them it is no browser; with the cookie it might be a browser that was made to hide where it comes from.
        return !request.Cookies.ContainsKey(AuthenticationSetup.CookieName);
    }

    private static bool IsOurs(string address, HttpRequest request) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && string.Equals(uri.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase);
}
