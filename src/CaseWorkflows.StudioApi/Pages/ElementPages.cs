using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Instances;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The four pages that Studio's elements fill.</summary>
internal static class ElementPages
{
    /// <summary>Of the instances that one has started, the newest that the page has links to.</summary>
    private const int MostRuns = 8;

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
        pages.MapGet("/workflows/instances/{instanceId}/view", ViewAsync);
    }

    private static async Task<IResult> ViewAsync(string instanceId, StudioPageRequest request, [FromServices] IInstanceReader reader)
    {
        if (!request.Access.CanRead || !Guid.TryParse(instanceId, out var id)) return await request.MissingAsync();
        var instance = (await FindAsync(new InstanceFilter { Ids = [id] }, 1)).SingleOrDefault();
        if (instance is null) return await request.MissingAsync();
        var started = instance.ParentId is { } parent ? await ListedAsync(new InstanceFilter { Ids = [parent] }, 1) : [];
        var runs = new List<StudioRun>();
        foreach (var run in started.Concat((await ListedAsync(new InstanceFilter { ParentId = id }, MostRuns)).Reverse()))
            runs.Add(new(run.Id, (await request.Store.FindVersionAsync(run.VersionId, request.Aborted))?.Version.Name ?? run.DefinitionId, StartedThis: run.Id == instance.ParentId));
        return await request.ElementAsync("Körning", StudioArea.Instances, null, new(StudioElement.InstanceViewer, InstanceId: instanceId), runs);

        // What a run began, and what began it, is shown as the list of runs shows it.
        async Task<IReadOnlyList<InstanceSummary>> ListedAsync(InstanceFilter filter, int most) =>
            await CaseText.ListedAsync(request.Http, request.Access, await FindAsync(filter with { Sight = CaseText.SightOf(request.Access) }, most), request.Aborted);

        async Task<IReadOnlyList<InstanceSummary>> FindAsync(InstanceFilter filter, int most) =>
            (await reader.ListAsync(filter with { Trial = null, Regions = request.Access.VisibleRegions }, InstanceOrder.NewestFirst, 0, most, request.Aborted)).Items;
    }
}
