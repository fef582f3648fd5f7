using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>Swedish or English for Studio's own texts; kept by the browser for a year.</summary>
internal static class LanguagePages
{
    public static void MapLanguagePages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/studio/sprak", (string? till, string? sida, HttpContext http) =>
        {
            http.Response.Cookies.Append(StudioPageRequest.LanguageCookie, till == "en" ? "en" : "sv",
                new CookieOptions { Path = "/studio", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
            // Only pages of ours: anything else would let a link lead elsewhere.
            var page = sida is not null && sida.StartsWith("/studio/", StringComparison.Ordinal) && !sida.Contains('\\') ? sida : "/studio/workflows/definitions";
            return TypedResults.LocalRedirect(page);
        }).ExcludeFromDescription();
}
