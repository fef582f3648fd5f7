using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Looking at routines.</summary>
internal static class DefinitionReadEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions", ListAsync);
        api.MapGet("/workflow-definitions/by-definition-id/{definitionId}", OneAsync);
        api.MapGet("/workflow-definitions/{definitionId}", OneAsync);
        api.MapGet("/workflow-definitions/by-id/{id}", ByIdAsync);
        api.MapGet("/workflow-definitions/many-by-id", ManyAsync);
        api.MapGet("/workflow-definitions/query/count", CountAsync);
        api.MapGet("/workflow-definitions/validation/is-name-unique", IsNameUniqueAsync);
        api.MapGet("/workflow-definitions/{definitionId}/versions", VersionsAsync);
        api.MapGet("/workflow-definitions/{definitionId}/consumers", ConsumersAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var q = http.Request.Query;
        var page = await store.ListAsync(new DefinitionQuery
        {
            Versions = Versions(q["versionOptions"], VersionOptions.All),
            DefinitionIds = [.. q["definitionIds"].OfType<string>()],
            Ids = [.. q["ids"].OfType<string>()],
            SearchTerm = q["searchTerm"],
            IsSystem = Flag(q["isSystem"]),
            UsableAsActivity = Flag(q["isUsableAsActivity"]),
            Regions = access.VisibleRegions,
            OrderBy = q["orderBy"],
            Descending = string.Equals(q["orderDirection"], "Descending", StringComparison.OrdinalIgnoreCase),
            Page = StudioPaging.Number("page", q["page"]),
            PageSize = StudioPaging.Number("pageSize", q["pageSize"]),
        }, cancellationToken);
        return StudioJson.Node(new JsonObject
        {
            ["items"] = new JsonArray([.. page.Items.Select(v => (JsonNode)DefinitionModel.Summary(v, access))]),
            ["totalCount"] = page.TotalCount,
            ["links"] = Links.OfList(access),
        });
    }

    private static async Task<IResult> OneAsync(HttpContext http, string definitionId, string? versionOptions, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var stored = http.Access().MustRead(await store.FindAsync(definitionId, Versions(versionOptions, VersionOptions.Latest), cancellationToken));
        return await AnswerAsync(http, stored, model, descriptors, cancellationToken);
    }

    private static async Task<IResult> ByIdAsync(HttpContext http, string id, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var stored = http.Access().MustRead(await store.FindVersionAsync(id, cancellationToken));
        return await AnswerAsync(http, stored, model, descriptors, cancellationToken);
    }

    private static async Task<IResult> ManyAsync(HttpContext http, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var access = http.Access();
        await descriptors.PrepareAsync(cancellationToken);
        var items = new JsonArray();
        foreach (var id in http.Request.Query["ids"].OfType<string>().Distinct().Take(200))
            if (await store.FindVersionAsync(id, cancellationToken) is { } stored && access.CanReadRegion(stored.Version.Region)) items.Add(model.Write(stored, access));
        return StudioJson.Node(new JsonObject { ["items"] = items, ["count"] = items.Count });
    }

    private static async Task<IResult> CountAsync(HttpContext http, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Latest, Regions = http.Access().VisibleRegions, PageSize = 1 }, cancellationToken);
        return StudioJson.Node(new JsonObject { ["count"] = page.TotalCount });
    }

    private static async Task<IResult> IsNameUniqueAsync(HttpContext http, string? name, string? definitionId, IDefinitionStore store, CancellationToken cancellationToken) =>
        StudioJson.Node(new JsonObject
        {
            ["isUnique"] = !SoundText.IsBlank(name) && await store.IsNameUniqueAsync(name, definitionId, http.Access().VisibleRegions, cancellationToken),
        });

    private static async Task<IResult> VersionsAsync(HttpContext http, string definitionId, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var access = http.Access();
        await descriptors.PrepareAsync(cancellationToken);
        var page = await store.ListAsync(new DefinitionQuery { DefinitionIds = [definitionId], Regions = access.VisibleRegions, OrderBy = "Version", Descending = true }, cancellationToken);
        if (page.Items.Count == 0) throw StudioException.NotFound();
        var items = new JsonArray();
        foreach (var version in page.Items)
        {
            var whole = model.Write((await store.FindVersionAsync(version.Id, cancellationToken))!, access);
            whole.Remove("links");
            whole["materializerName"] = "Json";
            // Elsa tells the flow as text here.
            whole["stringData"] = DefinitionDocument.Write(whole["root"]!);
            whole.Remove("root");
            items.Add(whole);
        }

        return StudioJson.Node(items);
    }

    private static async Task<IResult> ConsumersAsync(HttpContext http, string definitionId, IDefinitionStore store, RoutineReferences references, CancellationToken cancellationToken)
    {
        http.Access().MustRead(await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken));
        var consumers = await references.ConsumersOfAsync(definitionId, http.Access().VisibleRegions, cancellationToken);
        return StudioJson.Node(new JsonObject { ["consumingWorkflowDefinitionIds"] = new JsonArray([.. consumers.Select(c => (JsonNode)c)]) });
    }

    internal static async Task<IResult> AnswerAsync(HttpContext http, StoredDefinition stored, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        await descriptors.PrepareAsync(cancellationToken);
        EditorHeaders.Write(http.Response, stored.Version);
        return StudioJson.Node(model.Write(stored, http.Access()));
    }

    internal static VersionOptions Versions(string? text, VersionOptions whenMissing)
    {
        if (text is null) return whenMissing;
        return VersionOptions.TryParse(text, out var options) ? options : throw StudioException.Invalid("versionOptions", $"Okänt versionsval: {text}.");
    }

    private static bool? Flag(string? text) => bool.TryParse(text, out var flag) ? flag : null;

}
