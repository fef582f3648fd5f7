using CaseWorkflows.Cases.Incidents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Failures in routines: the open ones, and an operator's decision about one.</summary>
internal static class IncidentsApi
{
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents");

        incidents.MapGet("/", async (HttpContext http, IncidentReader reader, string? unit, string? @case, string? cursor, string? limit) =>
            ApiResult.Ok(await reader.ListAsync(ApiCall.Of(http).Context, new IncidentQuery { Unit = unit, Case = @case, Cursor = cursor, Limit = PageSize.Read(limit, 50) }, http.RequestAborted)));

        incidents.MapGet("/{id:guid}", async (HttpContext http, Guid id, IncidentReader reader) =>
            ApiResult.Ok(await reader.GetAsync(ApiCall.Of(http).Context, id, http.RequestAborted)));

        // Not cancelled with the request: a decision that is being carried out is carried through.
        incidents.MapPost("/{id:guid}/retry", async (HttpContext http, Guid id, RetryIncident retry, IncidentReader reader) =>
        {
            var call = ApiCall.Of(http);
            await retry.ExecuteAsync(call.Context, id, call.Text("reason"), CancellationToken.None);
            return ApiResult.Ok(await reader.GetAsync(call.Context, id, CancellationToken.None));
        });

        incidents.MapPost("/{id:guid}/skip", async (HttpContext http, Guid id, SkipIncident skip, IncidentReader reader) =>
        {
            var call = ApiCall.Of(http);
            await skip.ExecuteAsync(call.Context, id, call.Text("reason"), call.Text("outcome"), CancellationToken.None);
            return ApiResult.Ok(await reader.GetAsync(call.Context, id, CancellationToken.None));
        });
    }
}
