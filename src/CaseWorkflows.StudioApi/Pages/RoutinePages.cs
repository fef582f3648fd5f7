using System.Globalization;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Pages.Comparison;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>The pages beside the editor: findings of the check, versions and the way back, comparison, saved drafts.</summary>
internal static class RoutinePages
{
    public static void MapRoutinePages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/studio/workflows/definitions/{definitionId}").ExcludeFromDescription();
        pages.MapGet("/check", CheckAsync);
        pages.MapGet("/versions", VersionsAsync);
        pages.MapPost("/rollback", RollBackAsync);
        pages.MapPost("/review", ReviewAsync);
        pages.MapGet("/compare", CompareAsync);
        pages.MapGet("/drafts", DraftsAsync);
        pages.MapPost("/drafts/restore", RestoreAsync);
    }

    private static Task<IResult> CheckAsync(string definitionId, StudioPageRequest request, [FromServices] RoutineChecker checker) =>
        request.ForRoutineAsync(definitionId, async routine =>
        {
            var latest = (await request.Store.FindAsync(definitionId, VersionOptions.Latest, request.Aborted))!;
            return await request.PageAsync<CheckPage>($"Granskning av {routine.Name}", routine, new Dictionary<string, object?>
            {
                [nameof(CheckPage.Version)] = latest.Version,
                [nameof(CheckPage.Findings)] = await checker.CheckAsync(latest, request.Aborted),
            });
        });

    private static Task<IResult> VersionsAsync(string definitionId, StudioPageRequest request) =>
        request.ForRoutineAsync(definitionId, routine => ShowVersionsAsync(request, routine, null, bad: false));

    private static async Task<IResult> ShowVersionsAsync(StudioPageRequest request, StudioRoutine routine, string? notice, bool bad) =>
        await request.PageAsync<VersionsPage>($"Versioner av {routine.Name}", routine, new Dictionary<string, object?>
        {
            [nameof(VersionsPage.Versions)] = await VersionsOfAsync(request, routine.DefinitionId),
            [nameof(VersionsPage.History)] = (await request.Store.HistoryAsync(routine.DefinitionId, request.Aborted)).OrderByDescending(h => h.Id).ToList(),
            [nameof(VersionsPage.Notice)] = notice,
            [nameof(VersionsPage.NoticeIsBad)] = bad,
        }, bad ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    // One action for the person: the old content becomes a new version, and that version is published.
    private static Task<IResult> RollBackAsync(string definitionId, StudioPageRequest request, [FromServices] RoutinePublisher publisher, [FromServices] IBusinessClock clock) =>
        request.ForRoutineAsync(definitionId, async routine =>
        {
            if (!routine.CanEdit || !routine.CanPublish) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
            var form = await request.Http.Request.ReadFormAsync(request.Aborted);
            if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return TypedResults.BadRequest();
            var why = form["reason"].ToString().Trim();
            var change = request.Access.Change(await clock.NowAsync(request.Aborted), $"Tillbaka till version {version}" + (why.Length > 0 ? ": " + why : ""));
            if (await request.Store.RevertAsync(definitionId, version, change, request.Aborted) is null) return await request.MissingAsync();
            RoutinePublication? outcome;
            try
            {
                outcome = await publisher.PublishAsync(definitionId, change, request.Aborted);
            }
            catch (DefinitionRefusedException e)
            {
                return await ShowVersionsAsync(request, routine, e.Message, bad: true);
            }

            return outcome?.Kind is RoutinePublicationKind.Refused
                ? await ShowVersionsAsync(request, routine, $"Innehållet i version {version} är nu utkast, men kan inte publiceras som det är. Öppna Granska för att se varför.", bad: true)
                : await ShowVersionsAsync(request, routine, $"Innehållet i version {version} är publicerat som version {outcome?.Definition.Version.Version}.", bad: false);
        });

    // What its writer has published alone may be followed by others once a second person has read it.
    private static Task<IResult> ReviewAsync(string definitionId, StudioPageRequest request, [FromServices] IBusinessClock clock) =>
        request.ForRoutineAsync(definitionId, async routine =>
        {
            if (!routine.CanPublish) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
            var form = await request.Http.Request.ReadFormAsync(request.Aborted);
            if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return TypedResults.BadRequest();
            var change = request.Access.Change(await clock.NowAsync(request.Aborted));
            return await request.Store.ReviewAsync(definitionId, version, change, request.Aborted) switch
            {
                null => await request.MissingAsync(),
                true => await ShowVersionsAsync(request, routine, $"Version {version} är granskad. Dess körningar kan följas.", bad: false),
                _ => await ShowVersionsAsync(request, routine, $"Version {version} är inte granskad: du har själv skrivit i den, eller så används en rutin som ingen annan har granskat. Be en kollega.", bad: true),
            };
        });

    private static Task<IResult> CompareAsync(
        string definitionId, [FromQuery(Name = "from")] string? older, [FromQuery(Name = "to")] string? newer, [FromQuery(Name = "save")] string? saved,
        StudioPageRequest request, [FromServices] ActivityRegistry registry) =>
        request.ForRoutineAsync(definitionId, async routine =>
        {
            var (from, to, save) = (StudioPaging.Number("from", older), StudioPaging.Number("to", newer), StudioPaging.Number("save", saved));
            var versions = await VersionsOfAsync(request, definitionId);
            var newest = versions[0].Version;
            var after = await request.Store.FindAsync(definitionId, VersionOptions.Specific(to ?? newest), request.Aborted);
            var before = save is null
                ? await request.Store.FindAsync(definitionId, VersionOptions.Specific(from ?? Math.Max(1, (to ?? newest) - 1)), request.Aborted)
                : await SavedAsync(request, definitionId, save.Value);
            if (before is null || after is null) return await request.MissingAsync();

            var (old, fresh) = (before.ToObject(), after.ToObject());
            var comparison = VersionComparison.Compare(old, fresh, registry);
            return await request.PageAsync<ComparePage>($"Jämförelse av {routine.Name}", routine, new Dictionary<string, object?>
            {
                [nameof(ComparePage.Before)] = before.Version,
                [nameof(ComparePage.After)] = after.Version,
                [nameof(ComparePage.Versions)] = versions.Select(v => v.Version).ToList(),
                [nameof(ComparePage.Comparison)] = comparison,
                [nameof(ComparePage.OldDrawing)] = RoutineDrawing.Draw(old, fresh, comparison.Kinds, ChangeKind.Removed, registry),
                [nameof(ComparePage.NewDrawing)] = RoutineDrawing.Draw(fresh, old, comparison.Kinds, ChangeKind.Added, registry),
            });
        });

    private static async Task<StoredDefinition?> SavedAsync(StudioPageRequest request, string definitionId, long id)
    {
        var save = (await request.Store.SavesAsync(definitionId, request.Aborted)).FirstOrDefault(s => s.Id == id);
        var json = save is null ? null : await request.Store.FindSaveAsync(definitionId, id, request.Aborted);
        if (save is null || json is null) return null;
        return new StoredDefinition(new DefinitionVersion
        {
            Id = save.VersionId,
            DefinitionId = definitionId,
            Version = save.Version,
            Name = "",
            Region = "",
            UpdatedAt = save.SavedAt,
            UpdatedBy = save.SavedBy,
            UpdatedByName = save.SavedByName,
        }, json);
    }

    private static Task<IResult> DraftsAsync(string definitionId, StudioPageRequest request) =>
        request.ForRoutineAsync(definitionId, async routine => await request.PageAsync<DraftsPage>($"Sparade utkast av {routine.Name}", routine, new Dictionary<string, object?>
        {
            [nameof(DraftsPage.Saves)] = (await request.Store.SavesAsync(definitionId, request.Aborted)).OrderByDescending(s => s.Id).ToList(),
        }));

    private static Task<IResult> RestoreAsync(string definitionId, StudioPageRequest request, [FromServices] IBusinessClock clock) =>
        request.ForRoutineAsync(definitionId, async routine =>
        {
            if (!routine.CanEdit) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
            var form = await request.Http.Request.ReadFormAsync(request.Aborted);
            if (!long.TryParse(form["save"], NumberStyles.None, CultureInfo.InvariantCulture, out var save)) return TypedResults.BadRequest();
            var change = request.Access.Change(await clock.NowAsync(request.Aborted), "Återställt från ett sparat utkast");
            return await request.Store.RestoreSaveAsync(definitionId, save, change, request.Aborted) is null
                ? await request.MissingAsync()
                : TypedResults.LocalRedirect(routine.Address("edit"));
        });

    private static async Task<IReadOnlyList<DefinitionVersion>> VersionsOfAsync(StudioPageRequest request, string definitionId) =>
        (await request.Store.ListAsync(new DefinitionQuery { Versions = VersionOptions.All, DefinitionIds = [definitionId], OrderBy = "Version", Descending = true }, request.Aborted)).Items;
}
