using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Server-sent events that say that something changed; the page fetches it again. No personal data.</summary>
internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", async (HttpContext http, ChangeStream changes) =>
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await changes.WriteToAsync(http.Response, http.RequestAborted);
        });
}
