using CaseWorkflows.Cases.History;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>Who read it? By case (and its patient), and by person, for auditors.</summary>
internal static class ReadsApi
{
    public static void MapReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{id}/reads", async (HttpContext http, string id, ReadLogReader reads, string? patient, string? cursor, string? limit) =>
            ApiResult.Ok(await reads.OfCaseAsync(ApiCall.Of(http).Context, id, Flags.Read(patient, "patient") == true, cursor, PageSize.Read(limit, 100), http.RequestAborted)));

        api.MapGet("/people/{id}/reads", async (HttpContext http, string id, ReadLogReader reads, string? cursor, string? limit) =>
            ApiResult.Ok(await reads.OfPersonAsync(ApiCall.Of(http).Context, id, cursor, PageSize.Read(limit, 100), http.RequestAborted)));
    }
}
