using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>Swedish or English for Studio's own texts; kept by the browser for a year. A form's doing, not a link's.</summary>
internal static class LanguagePages
{
    public static void MapLanguagePages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/studio/sprak", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            http.Response.Cookies.Append(StudioPageRequest.LanguageCookie, form["till"] == "en" ? "en" : "sv",
                new CookieOptions { Path = "/studio", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
            // Only pages of ours: anything else would let a form lead elsewhere.
            var page = form["sida"].ToString();
            if (!LocalUrl.IsLocal(page) || !page.StartsWith("/studio/", StringComparison.Ordinal) || page.Contains('\\')) page = "/studio/workflows/definitions";
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = LocalUrl.Encoded(page);
        }).ExcludeFromDescription();
}
