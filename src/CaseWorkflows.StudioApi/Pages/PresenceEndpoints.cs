using CaseWorkflows.Runtime.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>Who has a routine open in the editor. The editor says so now and then, and is told of the others.</summary>
internal static class PresenceEndpoints
{
    public static void MapPresence(this IEndpointRouteBuilder routes)
    {
        var presence = routes.MapGroup("/studio/presence/{definitionId}").ExcludeFromDescription();
        presence.MapPost("/", TouchAsync);
        presence.MapPost("/leave", LeaveAsync);
    }

    private static async Task<Results<Ok<PresenceAnswer>, NotFound>> TouchAsync(string definitionId, StudioPageRequest request)
    {
        if (await request.RoutineAsync(definitionId) is not { CanEdit: true }) return TypedResults.NotFound();
        var session = request.Http.Request.Headers["X-Editing-Session"].ToString();
        var others = await request.Store.TouchPresenceAsync(definitionId, session, request.Access.PersonId, request.Access.PersonName, request.Aborted);
        return TypedResults.Ok(new PresenceAnswer([.. others.Select(o => new PresenceOther(o.PersonName, Dates.Clock(o.Since)))]));
    }

    private static async Task<NoContent> LeaveAsync(string definitionId, string session, StudioPageRequest request)
    {
        await request.Store.LeavePresenceAsync(definitionId, session, request.Aborted);
        return TypedResults.NoContent();
    }
}
