using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Beyond Elsa: the check's findings, kept saves, the audit history, who else is editing, and bringing back what was deleted.</summary>
internal static class DefinitionSafetyEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/findings", FindingsAsync);
        api.MapGet("/workflow-definitions/{definitionId}/history", HistoryAsync);
        api.MapGet("/workflow-definitions/{definitionId}/saves", SavesAsync);
        api.MapPost("/workflow-definitions/{definitionId}/saves/{saveId:long}/restore", RestoreAsync);
        api.MapPost("/workflow-definitions/{definitionId}/presence", TouchAsync);
        api.MapDelete("/workflow-definitions/{definitionId}/presence", LeaveAsync);
        api.MapPost("/workflow-definitions/{definitionId}/undelete", UndeleteAsync);
    }

    private static async Task<IResult> FindingsAsync(HttpContext http, string definitionId, string? versionOptions, IDefinitionStore store, RoutineChecker checker, CancellationToken cancellationToken)
    {
        var stored = http.Access().MustRead(await store.FindAsync(definitionId, DefinitionReadEndpoints.Versions(versionOptions, VersionOptions.Latest), cancellationToken));
        return StudioJson.Ok(new { items = await checker.CheckAsync(stored, cancellationToken) });
    }

    private static async Task<IResult> HistoryAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        await VisibleAsync(http, definitionId, store, cancellationToken);
        return StudioJson.Ok(new { items = await store.HistoryAsync(definitionId, cancellationToken) });
    }

    private static async Task<IResult> SavesAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        await VisibleAsync(http, definitionId, store, cancellationToken);
        return StudioJson.Ok(new { items = await store.SavesAsync(definitionId, cancellationToken) });
    }

    private static async Task<IResult> RestoreAsync(HttpContext http, string definitionId, long saveId, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustEdit(await VisibleAsync(http, definitionId, store, cancellationToken));
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        var stored = await store.RestoreSaveAsync(definitionId, saveId, change, cancellationToken) ?? throw StudioException.NotFound();
        return await DefinitionReadEndpoints.AnswerAsync(http, stored, model, descriptors, cancellationToken);
    }

    private static async Task<IResult> TouchAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustEdit(await VisibleAsync(http, definitionId, store, cancellationToken));
        if (EditorHeaders.Session(http.Request) is not { } session) throw StudioException.Invalid("X-Editing-Session saknas.");
        return StudioJson.Ok(new { others = await store.TouchPresenceAsync(definitionId, session, access.PersonId, access.PersonName, cancellationToken) });
    }

    private static async Task<IResult> LeaveAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        await VisibleAsync(http, definitionId, store, cancellationToken);
        if (EditorHeaders.Session(http.Request) is { } session) await store.LeavePresenceAsync(definitionId, session, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> UndeleteAsync(HttpContext http, string definitionId, IDefinitionStore store, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustEdit(await VisibleAsync(http, definitionId, store, cancellationToken));
        var change = new JsonObject { ["restored"] = await store.UndeleteAsync(definitionId, access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request)), cancellationToken) };
        return StudioJson.Node(change);
    }

    /// <summary>The routine's region, when one may see it; deleted routines too.</summary>
    private static async Task<string> VisibleAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var region = await store.RegionOfAsync(definitionId, cancellationToken) ?? throw StudioException.NotFound();
        http.Access().MustRead(region);
        return region;
    }
}
