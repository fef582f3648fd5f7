using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>Cancelling instances, one or many; removing them is the retention rules' business.</summary>
internal static class InstanceBulkEndpoints
{
    private const int MostAtOnce = 2_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id}", CancelAsync);
        api.MapPost("/bulk-actions/cancel/workflow-instances", BulkCancelAsync);
        api.MapDelete("/workflow-instances/{id}", DeleteAsync);
        api.MapPost("/bulk-actions/delete/workflow-instances/by-id", BulkDeleteAsync);
        api.MapPost("/bulk-actions/import/workflow-instances", Import);
    }

    private static async Task<IResult> CancelAsync(HttpContext http, string id, IInstanceReader reader, RunCancelling cancelling, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        await cancelling.CancelAsync(http.Access(), [instance], await ReasonAsync(http, null, cancellationToken), cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> BulkCancelAsync(HttpContext http, IInstanceReader reader, RunCancelling cancelling, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var ids = body.Texts("ids").Select(i => Guid.TryParse(i, out var g) ? g : (Guid?)null).OfType<Guid>().Distinct().ToList();
        var definitionId = body.Text("definitionId");
        var versions = body["versionOptions"] is JsonValue v ? v.ToString() : null;
        if (string.IsNullOrEmpty(definitionId) != string.IsNullOrEmpty(versions))
            throw StudioException.Invalid("versionOptions", "Ange både definitionId och versionOptions, eller ingen av dem.");
        var filter = new InstanceFilter { Regions = access.VisibleRegions, Trial = null };
        if (ids.Count > 0) filter = filter with { Ids = ids };
        else if (body.Text("definitionVersionId") is { Length: > 0 } versionId) filter = filter with { VersionId = versionId };
        else if (!string.IsNullOrEmpty(definitionId))
        {
            var options = DefinitionReadEndpoints.Versions(versions, VersionOptions.All);
            filter = filter with { DefinitionId = definitionId };
            if (options.Selector != VersionSelector.All)
                filter = filter with { VersionId = (await store.FindAsync(definitionId, options, cancellationToken))?.Version.Id ?? "" };
        }
        else throw StudioException.Invalid("ids", "Ange vilka instanser som ska avbrytas.");

        var running = (await reader.ListAsync(filter with { Statuses = [WorkflowStatus.Running] }, InstanceOrder.NewestFirst, 0, MostAtOnce + 1, cancellationToken)).Items;
        if (running.Count > MostAtOnce)
            throw StudioException.Invalid("ids", $"Det är fler än {MostAtOnce} körningar, och inget är avbrutet. Välj färre, till exempel en version i taget.");

        // Runs in earnest are those that are in the caller's list, whether they still go on or not: what is asked and refused must not tell which do.
        var earnest = filter with { Trial = false, Sight = CaseText.SightOf(access) };
        var listed = (await reader.ListAsync(earnest, InstanceOrder.NewestFirst, 0, MostAtOnce, cancellationToken)).Items;
        var known = (await reader.ListAsync(earnest with { Ids = [.. running.Where(r => !r.Trial).Select(r => r.Id)] }, InstanceOrder.NewestFirst, 0, MostAtOnce, cancellationToken)).Items;
        var runs = running.Where(r => r.Trial).Concat(listed).Concat(known).DistinctBy(r => r.Id).ToList();
        var cancelled = await cancelling.CancelAsync(access, runs, await ReasonAsync(http, body, cancellationToken), cancellationToken);
        return StudioJson.Node(new JsonObject { ["cancelled"] = cancelled });
    }

    /// <summary>Ends a trial. The journal is append-only: what ran in earnest goes by the retention rules.</summary>
    private static async Task<IResult> DeleteAsync(HttpContext http, string id, IInstanceReader reader, RunCancelling cancelling, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        await RemoveAsync(http.Access(), [instance], cancelling, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> BulkDeleteAsync(HttpContext http, IInstanceReader reader, RunCancelling cancelling, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var ids = body.Texts("ids").Select(i => Guid.TryParse(i, out var g) ? g : (Guid?)null).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0) return StudioJson.Node(new JsonObject { ["deleted"] = 0 });
        if (ids.Count > MostAtOnce) throw StudioException.Invalid("ids", $"Det är fler än {MostAtOnce} körningar, och inget är gjort. Välj färre.");
        var page = await reader.ListAsync(new InstanceFilter { Ids = ids, Trial = null, Regions = access.VisibleRegions }, InstanceOrder.NewestFirst, 0, ids.Count, cancellationToken);
        await RemoveAsync(access, page.Items, cancelling, cancellationToken);
        return StudioJson.Node(new JsonObject { ["deleted"] = page.Items.Count });
    }

    private static IResult Import() => throw StudioException.Invalid("Instanser kan inte läsas in från fil: journalen måste vara skriven här.");

    private static async Task RemoveAsync(RoutineAccess access, IReadOnlyList<InstanceSummary> instances, RunCancelling cancelling, CancellationToken cancellationToken)
    {
        if (instances.Any(i => !access.CanEdit(i.Region))) throw StudioException.Forbidden("Du får läsa instansen men inte avbryta den.");
        if (instances.Any(i => !i.Trial))
            throw StudioException.Invalid("Instanser tas inte bort för hand: journalen är en del av ärendets historik och gallras enligt gallringsreglerna. Avbryt instansen i stället.");
        await cancelling.CancelAsync(access, [.. instances.Where(i => i.Status == WorkflowStatus.Running)], null, cancellationToken);
    }

    /// <summary>Studio's own button sends none; our page asks for it and puts it in a header.</summary>
    private static async Task<string?> ReasonAsync(HttpContext http, JsonObject? body, CancellationToken cancellationToken) =>
        EditorHeaders.CancelReason(http.Request) ?? (body ?? await StudioJson.ReadObjectAsync(http.Request, cancellationToken)).Text("reason");
}
