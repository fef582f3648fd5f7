using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Descriptors;

/// <summary>What the toolbox and the property panels are made of.</summary>
internal static class DescriptorEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/descriptors/activities", ListAsync);
        api.MapGet("/descriptors/activities/{typeName}", OneAsync);
        api.MapPost("/descriptors/activities/{typeName}/options/{inputName}", Options);
        foreach (var (path, list) in SmallLists.All)
            api.MapGet(path, () => Results.Text(list, "application/json"));
        api.MapGet("/features/installed/{name}", (string name) => SmallLists.Feature(name) is { } feature ? StudioJson.Node(feature) : Results.NotFound());
        api.MapGet("/package/version", () => Results.Text("""{"packageVersion":"3.8.2"}""", "application/json"));
    }

    private static async Task<IResult> ListAsync(HttpContext http, DescriptorCatalogue catalogue, CancellationToken cancellationToken)
    {
        var current = await catalogue.GetAsync(http.Access(), cancellationToken);
        http.Response.Headers.ETag = current.ETag;
        // Private: what one sees depends on who one is.
        http.Response.Headers.CacheControl = "private, no-cache";
        if (http.Request.Headers.IfNoneMatch == current.ETag) return Results.StatusCode(304);
        return Results.Bytes(current.Bytes, "application/json");
    }

    private static async Task<IResult> OneAsync(HttpContext http, string typeName, DescriptorCatalogue catalogue, CancellationToken cancellationToken) =>
        (await catalogue.GetAsync(http.Access(), cancellationToken)).Newest.TryGetValue(typeName, out var descriptor)
            ? StudioJson.Node(descriptor.DeepClone())
            : Results.NotFound();

    private static IResult Options(HttpContext http, string typeName, string inputName, ActivityRegistry registry, IChoices choices)
    {
        var input = registry.FindLatest(typeName)?.Inputs.FirstOrDefault(i => string.Equals(i.Name, inputName, StringComparison.OrdinalIgnoreCase));
        if (input is null) return Results.NotFound();
        var items = DescriptorWriter.Specifications(input, p => choices.Of(p, http.Access().VisibleRegions));
        // Left in the answer, it would have Studio ask again for ever.
        items.Remove("Refresh");
        return StudioJson.Node(new JsonObject { ["items"] = items });
    }
}
