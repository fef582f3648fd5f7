using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The four pages that Studio's elements fill.</summary>
internal static class ElementPages
{
    public static void MapElementPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/studio").ExcludeFromDescription();
        pages.MapGet("/", () => TypedResults.Redirect("/studio/workflows/definitions"));
        pages.MapGet("/workflows/definitions", (StudioPageRequest request) =>
            request.ElementAsync("Rutiner", StudioArea.Routines, null, new(StudioElement.DefinitionList)));
        pages.MapGet("/workflows/definitions/{definitionId}/edit", (string definitionId, string? step, StudioPageRequest request) =>
            request.ForRoutineAsync(definitionId, routine => request.ElementAsync(routine.Name, StudioArea.Routines, routine,
                new(StudioElement.DefinitionEditor, DefinitionId: definitionId, Step: step))));
        pages.MapGet("/workflows/instances", (StudioPageRequest request) =>
            request.ElementAsync("Körningar", StudioArea.Instances, null, new(StudioElement.InstanceList)));
        pages.MapGet("/workflows/instances/{instanceId}/view", (string instanceId, StudioPageRequest request) =>
            request.ElementAsync("Körning", StudioArea.Instances, null, new(StudioElement.InstanceViewer, InstanceId: instanceId)));
    }
}
