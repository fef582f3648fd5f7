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

/// <summary>Changing routines: save, publish, retract, revert, delete.</summary>
internal static class DefinitionSaveEndpoints
{
    private const int ShownErrors = 5;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-definitions", SaveAsync);
        api.MapPost("/workflow-definitions/{definitionId}/publish", PublishOneAsync);
        api.MapPost("/workflow-definitions/{definitionId}/retract", RetractAsync);
        api.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", RevertAsync);
        api.MapPost("/workflow-definitions/{definitionId}/update-references", UpdateReferencesAsync);
        api.MapDelete("/workflow-definitions/{definitionId}", DeleteWholeAsync);
        api.MapDelete("/workflow-definitions/{definitionId}/version/{version:int}", DeleteVersionAsync);
        api.MapDelete("/workflow-definition-versions/{id}", DeleteVersionByIdAsync);
    }

    private static async Task<IResult> SaveAsync(HttpContext http, IDefinitionStore store, DefinitionIntake intake, RoutinePublisher publisher, DefinitionModel model, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        if (body["model"] is not JsonObject sent) throw StudioException.Invalid("Det finns ingen rutin i det som skickades.");
        body.Remove("model");
        var definitionId = DefinitionIntake.IdOf(sent);
        var stored = definitionId is null ? null : await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
        if (stored is null && !access.CanEditAnything) throw StudioException.Forbidden("Du får läsa rutiner men inte skapa nya.");
        var region = await RegionAsync(definitionId, stored, access, store, cancellationToken);
        access.MustEdit(region);

        await descriptors.PrepareAsync(cancellationToken);
        var document = intake.FromEditor(sent, stored, access);
        if (definitionId is null) DefinitionDocument.BeginInTokenMode(document);
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        var saved = await store.SaveAsync(new SaveDraft
        {
            DefinitionId = definitionId,
            Document = document,
            Region = region,
            MustEdit = access.MustEdit,
            Change = change,
            BasedOnRevision = EditorHeaders.BasedOn(http.Request),
            Session = EditorHeaders.Session(http.Request),
            Confirmed = EditorHeaders.Confirmed(http.Request),
        }, cancellationToken);

        // The revision also goes out when publishing is refused below: the draft itself is kept.
        EditorHeaders.Write(http.Response, saved.Version);
        var already = false;
        if (body.Bool("publish") == true)
        {
            access.MustPublish(saved.Version.Region);
            var outcome = await PublishAsync(publisher, saved.Version.DefinitionId, change, saved.Version.Revision, cancellationToken);
            saved = outcome.Definition;
            already = outcome.Kind == RoutinePublicationKind.AlreadyPublished;
            EditorHeaders.Write(http.Response, saved.Version);
        }

        return StudioJson.Node(Answer(model.Write(saved, access), already));
    }

    private static async Task<IResult> PublishOneAsync(HttpContext http, string definitionId, IDefinitionStore store, RoutinePublisher publisher, DefinitionModel model, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustPublish(access.MustRead(await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)).Version.Region);
        await descriptors.PrepareAsync(cancellationToken);
        var outcome = await PublishAsync(publisher, definitionId, access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request)), EditorHeaders.BasedOn(http.Request), cancellationToken);
        EditorHeaders.Write(http.Response, outcome.Definition.Version);
        return StudioJson.Node(Answer(model.Write(outcome.Definition, access), outcome.Kind == RoutinePublicationKind.AlreadyPublished));
    }

    private static async Task<IResult> RetractAsync(HttpContext http, string definitionId, IDefinitionStore store, RoutedGuard routed, DefinitionModel model, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustPublish(access.MustRead(await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)).Version.Region);
        await routed.DemandAsync(http, [definitionId], cancellationToken);
        var outcome = await store.RetractAsync(definitionId, access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request)), cancellationToken) ?? throw StudioException.NotFound();
        descriptors.Invalidate();
        return await DefinitionReadEndpoints.AnswerAsync(http, outcome.Definition, model, descriptors, cancellationToken);
    }

    private static async Task<IResult> RevertAsync(HttpContext http, string definitionId, int version, IDefinitionStore store, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustEdit(access.MustRead(await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)).Version.Region);
        var draft = await store.RevertAsync(definitionId, version, access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request)), cancellationToken) ?? throw StudioException.NotFound();
        EditorHeaders.Write(http.Response, draft.Version);
        http.Response.Headers.Location = $"{http.Request.PathBase}/elsa/api/workflow-definitions/by-id/{Uri.EscapeDataString(draft.Version.Id)}";
        return StudioJson.Node(DefinitionModel.Summary(draft.Version), 201);
    }

    /// <summary>Steps that stand for other routines follow those routines' published versions when they start; there is nothing to rewrite.</summary>
    private static async Task<IResult> UpdateReferencesAsync(HttpContext http, string definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        http.Access().MustEdit(http.Access().MustRead(await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)).Version.Region);
        return StudioJson.Node(new JsonObject { ["affectedWorkflows"] = new JsonArray() });
    }

    private static async Task<IResult> DeleteWholeAsync(HttpContext http, string definitionId, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustEdit(access.MustRead(await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken)).Version.Region);
        await routed.DemandAsync(http, [definitionId], cancellationToken);
        if (!await store.DeleteAsync(definitionId, access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request)), cancellationToken)) throw StudioException.NotFound();
        descriptors.Invalidate();
        return Results.NoContent();
    }

    private static async Task<IResult> DeleteVersionAsync(HttpContext http, string definitionId, int version, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var found = http.Access().MustRead(await store.FindAsync(definitionId, VersionOptions.Specific(version), cancellationToken));
        return await DeleteAsync(http, found, store, routed, descriptors, clock, cancellationToken);
    }

    private static async Task<IResult> DeleteVersionByIdAsync(HttpContext http, string id, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var found = http.Access().MustRead(await store.FindVersionAsync(id, cancellationToken));
        return await DeleteAsync(http, found, store, routed, descriptors, clock, cancellationToken);
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, StoredDefinition found, IDefinitionStore store, RoutedGuard routed, DescriptorCatalogue descriptors, IBusinessClock clock, CancellationToken cancellationToken)
    {
        var access = http.Access();
        access.MustEdit(found.Version.Region);
        var change = access.Change(await clock.NowAsync(cancellationToken), EditorHeaders.Reason(http.Request));
        if (found.Version.IsPublished) await routed.DemandAsync(http, [found.Version.DefinitionId], cancellationToken);
        if (!await store.DeleteVersionAsync(found.Version.Id, change, cancellationToken)) throw StudioException.NotFound();
        descriptors.Invalidate();
        return Results.Ok();
    }

    /// <summary>Publishes, or refuses with the first few of the check's sentences: Studio shows them in one small message.</summary>
    internal static async Task<RoutinePublication> PublishAsync(RoutinePublisher publisher, string definitionId, DefinitionChange change, long? seen, CancellationToken cancellationToken)
    {
        var outcome = await publisher.PublishAsync(definitionId, change, cancellationToken, seen) ?? throw StudioException.NotFound();
        if (outcome.Kind != RoutinePublicationKind.Refused) return outcome;
        var errors = outcome.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => f.Message).Distinct().ToList();
        var texts = errors.Take(ShownErrors).Prepend("Rutinen är sparad men inte publicerad:").ToList();
        if (errors.Count > ShownErrors) texts.Add($"… och {errors.Count - ShownErrors} till. Se sidan Kontroll.");
        throw new StudioException(400, "generalErrors", texts, "check-failed");
    }

    /// <summary>A known routine keeps its region; an id that is taken in a region one does not see is not said to be.</summary>
    internal static async Task<string> RegionAsync(string? definitionId, StoredDefinition? stored, RoutineAccess access, IDefinitionStore store, CancellationToken cancellationToken)
    {
        if (stored is not null) return stored.Version.Region;
        if (definitionId is null) return access.HomeRegion;
        return await store.RegionOfAsync(definitionId, cancellationToken) ?? access.HomeRegion;
    }

    private static JsonObject Answer(JsonObject definition, bool alreadyPublished) => new()
    {
        ["workflowDefinition"] = definition,
        ["alreadyPublished"] = alreadyPublished,
        ["consumingWorkflowCount"] = 0,
    };
}
