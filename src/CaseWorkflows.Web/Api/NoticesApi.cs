using CaseWorkflows.Cases.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Notices and messages to residents that did not reach their recipient, for operators.</summary>
internal static class NoticesApi
{
    public static void MapNotices(this IEndpointRouteBuilder api) =>
        api.MapGet("/notices/undelivered", async (HttpContext http, UndeliveredReader undelivered) =>
            ApiResult.Ok(new { items = await undelivered.ListAsync(ApiCall.Of(http).Context, http.RequestAborted) }));
}
