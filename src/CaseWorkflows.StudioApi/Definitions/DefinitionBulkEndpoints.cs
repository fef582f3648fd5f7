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

/// <summary>The same thing done to several routines; each by its own rights and its own check.</summary>
internal static class DefinitionBulkEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", DeleteAsync);
        api.MapPost("/bulk-actions/delete/workflow-definitions/by-id", DeleteVersionsAsync);
        api.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishAsync);
        api.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractAsync);
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        var mine = new List<string>();
        foreach (var id in await IdsAsync(http, "definitionIds", cancellationToken))
            if (await VisibleAsync(id, access, store, cancellationToken) is { } found && access.CanEdit(found.Version.Region)) mine.Add(id);
        await routed.DemandAsync(http, mine, cancellationToken);
        var deleted = 0;
        foreach (var id in mine)
            if (await store.DeleteAsync(id, change, cancellationToken)) deleted++;
        descriptors.Invalidate();
        return StudioJson.Node(new JsonObject { ["deleted"] = deleted });
    }

    private static async Task<IResult> DeleteVersionsAsync(HttpContext http, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        var mine = new List<DefinitionVersion>();
        foreach (var id in await IdsAsync(http, "ids", cancellationToken))
            if (await store.FindVersionAsync(id, cancellationToken) is { } found && access.CanEdit(found.Version.Region)) mine.Add(found.Version);
        await routed.DemandAsync(http, mine.Where(v => v.IsPublished).Select(v => v.DefinitionId), cancellationToken);
        var deleted = 0;
        foreach (var version in mine)
            if (await store.DeleteVersionAsync(version.Id, change, cancellationToken)) deleted++;
        descriptors.Invalidate();
        return StudioJson.Node(new JsonObject { ["deleted"] = deleted });
    }

    private static async Task<IResult> PublishAsync(HttpContext http, IDefinitionStore store, RoutinePublisher publisher, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        var answer = Answer("published", "alreadyPublished", "notFound", "skipped", "updatedConsumers");
        foreach (var id in await IdsAsync(http, "definitionIds", cancellationToken))
        {
            var found = await VisibleAsync(id, access, store, cancellationToken);
            var outcome = found is null ? null
                : access.CanPublish(found.Version.Region) ? await PublishOneAsync(publisher, found, change, cancellationToken)
                : new RoutinePublication(found, RoutinePublicationKind.Refused, []);
            answer[outcome?.Kind switch
            {
                null => "notFound",
                RoutinePublicationKind.Published => "published",
                RoutinePublicationKind.AlreadyPublished => "alreadyPublished",
                _ => "skipped",
            }]!.AsArray().Add(id);
        }

        return StudioJson.Node(answer);
    }

    private static async Task<IResult> RetractAsync(HttpContext http, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        var answer = Answer("retracted", "alreadyRetracted", "skipped", "notPublished", "notFound");
        var mine = new List<string>();
        foreach (var id in await IdsAsync(http, "definitionIds", cancellationToken))
        {
            if (await VisibleAsync(id, access, store, cancellationToken) is not { } found) answer["notFound"]!.AsArray().Add(id);
            else if (!access.CanPublish(found.Version.Region)) answer["skipped"]!.AsArray().Add(id);
            else mine.Add(id);
        }

        await routed.DemandAsync(http, mine, cancellationToken);
        foreach (var id in mine)
        {
            var outcome = await store.RetractAsync(id, change, cancellationToken);
            answer[outcome is null ? "notFound" : outcome.WasPublished ? "retracted" : "alreadyRetracted"]!.AsArray().Add(id);
        }

        descriptors.Invalidate();
        return StudioJson.Node(answer);
    }

    /// <summary>One that may not be published is passed over, whatever the reason; the others are.</summary>
    private static async Task<RoutinePublication?> PublishOneAsync(RoutinePublisher publisher, StoredDefinition found, DefinitionChange change, CancellationToken cancellationToken)
    {
        try
        {
            return await publisher.PublishAsync(found.Version.DefinitionId, change, cancellationToken);
        }
        catch (Exception e) when (e is DefinitionRefusedException or Engine.Definitions.DefinitionException)
        {
            return new RoutinePublication(found, RoutinePublicationKind.Refused, []);
        }
    }

    private static async Task<StoredDefinition?> VisibleAsync(string id, RoutineAccess access, IDefinitionStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, VersionOptions.Latest, cancellationToken) is { } found && access.CanReadRegion(found.Version.Region) ? found : null;

    private static async Task<List<string>> IdsAsync(HttpContext http, string name, CancellationToken cancellationToken) =>
        (await StudioJson.ReadObjectAsync(http.Request, cancellationToken)).Texts(name).Distinct().ToList();

    private static JsonObject Answer(params string[] lists)
    {
        var answer = new JsonObject();
        foreach (var list in lists) answer[list] = new JsonArray();
        return answer;
    }
}
