using System.Text;
using System.Text.Json;
using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Shell;

/// <summary>A receipt shown once on the next page. Travels in a short-lived cookie, so it holds no patient data.</summary>
public sealed record Flash(string Text, string? LinkText = null, string? LinkUrl = null, bool Warning = false)
{
    private const string Cookie = "cw-kvitto";

    public static void Set(HttpContext http, Flash flash) =>
        http.Response.Cookies.Append(
            Cookie,
            Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(flash))),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(1) });

    public static Flash? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } text) return null;
        http.Response.Cookies.Delete(Cookie);
        try
        {
            var flash = JsonSerializer.Deserialize<Flash>(Convert.FromBase64String(text));
            // The cookie is not signed: a link may only lead into this site.
            return flash?.LinkUrl is { } url && !LocalUrl.IsLocal(url) ? flash with { LinkUrl = null } : flash;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
