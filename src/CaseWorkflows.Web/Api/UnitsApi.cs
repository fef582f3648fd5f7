using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.Web.Api;

/// <summary>What belongs to a unit: opening hours, its notices and its history.</summary>
internal static class UnitsApi
{
    public static void MapUnits(this IEndpointRouteBuilder api)
    {
        var unit = api.MapGroup("/units/{unitId}");

        unit.MapGet("/opening-hours", (HttpContext http, string unitId) =>
        {
            var call = ApiCall.Of(http);
            var row = HoursOf(Unit(call, unitId), call);
            return row is null ? throw new NotFoundException() : ApiResult.Ok(Show(row));
        });

        unit.MapPost("/opening-hours", (HttpContext http, string unitId, SaveReference save) => SaveAsync(http, unitId, save, created: true));
        unit.MapPatch("/opening-hours", (HttpContext http, string unitId, SaveReference save) => SaveAsync(http, unitId, save, created: false));
        unit.MapPatch("/opening-hours/{id}", (HttpContext http, string unitId, string id, SaveReference save) =>
            HoursOf(Unit(ApiCall.Of(http), unitId), ApiCall.Of(http))?.Id == id ? SaveAsync(http, unitId, save, created: false) : throw new NotFoundException());

        unit.MapGet("/notices", async (HttpContext http, string unitId, NoticeReader notices) =>
        {
            var call = ApiCall.Of(http);
            return ApiResult.Ok(await notices.OfUnitAsync(call.Context, Unit(call, unitId), http.RequestAborted));
        });

        unit.MapGet("/history", async (HttpContext http, string unitId, HistoryReader history) =>
        {
            var call = ApiCall.Of(http);
            return ApiResult.Ok(await history.OfUnitAsync(call.Context, Unit(call, unitId), http.RequestAborted));
        });
    }

    private static async Task<ApiResult> SaveAsync(HttpContext http, string unitId, SaveReference save, bool created)
    {
        var call = ApiCall.Of(http);
        var unit = Unit(call, unitId);
        var own = created ? null : call.Context.Reference.Row(ReferenceKinds.OpeningHours, unit.Id);
        var body = (JsonObject)call.Body.DeepClone();
        body["unit"] = unit.Id;
        if (own is null && !created) Inherit(body, HoursOf(unit, call));
        var document = await save.ExecuteAsync(call.Context, ReferenceResources.OpeningHours, own?.Id, body, call.Instant("validFrom"), CancellationToken.None);
        return created ? ApiResult.Created(document, $"/api/units/{Uri.EscapeDataString(unit.Id)}/opening-hours") : ApiResult.Ok(document);
    }

    /// <summary>A unit without hours of its own starts from its operation's.</summary>
    private static void Inherit(JsonObject body, ReferenceRow? inherited)
    {
        if (inherited is null) return;
        if (body["id"]?.ToString() == inherited.Id) body.Remove("id");
        body.Remove("revision");
        foreach (var (name, value) in inherited.Data)
            if (name != "id" && !body.ContainsKey(name)) body[name] = value?.DeepClone();
    }

    private static ReferenceRow? HoursOf(Unit unit, ApiCall call) =>
        call.Context.Reference.SelfAndAbove(unit.Id).Select(s => call.Context.Reference.Row(ReferenceKinds.OpeningHours, s)).FirstOrDefault(r => r is not null);

    private static JsonObject Show(ReferenceRow row)
    {
        var document = (JsonObject)row.Data.DeepClone();
        document["id"] = row.Id;
        document["revision"] = row.Revision;
        return document;
    }

    private static Unit Unit(ApiCall call, string idOrName)
    {
        var unit = call.Context.Reference.FindUnit(idOrName);
        return unit is not null && call.Context.Actor.InRegion(unit.Region) ? unit : throw new NotFoundException();
    }
}
