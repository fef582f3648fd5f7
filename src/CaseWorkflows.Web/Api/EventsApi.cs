using CaseWorkflows.Cases.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Server-sent events that say that something changed; the page fetches it again. No personal data.</summary>
internal static class EventsApi
{
    public static void MapEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", async (HttpContext http, ChangeStream changes, OpenConnections open) =>
        {
            http.Response.ContentType = "text/event-stream";
            using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            using var ending = open.Add(http.SignedIn()!.Id, over.Cancel);
            await changes.WriteToAsync(http.Response, ApiCall.Of(http).Context.Actor, over.Token);
        }).DisableRateLimiting();
}
