using CaseWorkflows.Cases.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>The queue of an integration: what it takes to residents, and how that went.</summary>
internal static class OutgoingMessagesApi
{
    public static void MapOutgoingMessages(this IEndpointRouteBuilder api)
    {
        var outgoing = api.MapGroup("/outgoing-messages");

        outgoing.MapGet("/", async (HttpContext http, OutgoingMessages messages, string? cursor, string? limit) =>
            ApiResult.Ok(await messages.ListAsync(ApiCall.Of(http).Context, cursor, PageSize.Read(limit, 50), http.RequestAborted)));

        outgoing.MapPost("/{id:guid}/delivery", async (HttpContext http, Guid id, ReportDelivery report) =>
        {
            var call = ApiCall.Of(http);
            await report.ExecuteAsync(call.Context, id, call.Text("state"), call.Text("error"), CancellationToken.None);
            return ApiResult.Ok(new { id, state = call.Text("state") });
        });
    }
}
