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
    private const int AtOnce = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/cancel/workflow-instances/{id}", CancelAsync);
        api.MapPost("/bulk-actions/cancel/workflow-instances", BulkCancelAsync);
        api.MapDelete("/workflow-instances/{id}", DeleteAsync);
        api.MapPost("/bulk-actions/delete/workflow-instances/by-id", BulkDeleteAsync);
        api.MapPost("/bulk-actions/import/workflow-instances", Import);
    }

    private static async Task<IResult> CancelAsync(HttpContext http, string id, IInstanceReader reader, IWorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var instance = await reader.SummaryAsync(access, id, cancellationToken);
        MayCancel(access, instance);
        await runtime.CancelAsync(new CancelWorkflow { InstanceId = instance.Id }, cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> BulkCancelAsync(HttpContext http, IInstanceReader reader, IWorkflowRuntime runtime, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var ids = body.Texts("ids").Select(i => Guid.TryParse(i, out var g) ? g : (Guid?)null).OfType<Guid>().ToList();
        var definitionId = body.Text("definitionId");
        var versions = body["versionOptions"] is JsonValue v ? v.ToString() : null;
        if (string.IsNullOrEmpty(definitionId) != string.IsNullOrEmpty(versions))
            throw StudioException.Invalid("versionOptions", "Ange både definitionId och versionOptions, eller ingen av dem.");
        var filter = new InstanceFilter { Statuses = [WorkflowStatus.Running], Regions = access.VisibleRegions, Trial = null };
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

        var cancelled = 0;
        var refused = 0;
        while (true)
        {
            var page = await reader.ListAsync(filter, InstanceOrder.NewestFirst, refused, AtOnce, cancellationToken);
            if (page.Items.Count == 0) break;
            foreach (var instance in page.Items)
            {
                if (!access.CanEdit(instance.Region)) refused++;
                else
                {
                    await runtime.CancelAsync(new CancelWorkflow { InstanceId = instance.Id }, cancellationToken);
                    cancelled++;
                }
            }

            if (ids.Count > 0) break;
        }

        if (cancelled == 0 && refused > 0) throw StudioException.Forbidden("Du får läsa instanserna men inte avbryta dem.");
        return StudioJson.Node(new JsonObject { ["cancelled"] = cancelled });
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string id, IInstanceReader reader, IWorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        await RemoveAsync(http.Access(), instance, runtime, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> BulkDeleteAsync(HttpContext http, IInstanceReader reader, IWorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var ids = body.Texts("ids").Select(i => Guid.TryParse(i, out var g) ? g : (Guid?)null).OfType<Guid>().ToList();
        if (ids.Count == 0) return StudioJson.Node(new JsonObject { ["deleted"] = 0 });
        var page = await reader.ListAsync(new InstanceFilter { Ids = ids, Trial = null, Regions = access.VisibleRegions }, InstanceOrder.NewestFirst, 0, ids.Count, cancellationToken);
        foreach (var instance in page.Items) await RemoveAsync(access, instance, runtime, cancellationToken);
        return StudioJson.Node(new JsonObject { ["deleted"] = page.Items.Count });
    }

    private static IResult Import() => throw StudioException.Invalid("Instanser kan inte läsas in från fil: journalen måste vara skriven här.");

    private static async Task RemoveAsync(RoutineAccess access, InstanceSummary instance, IWorkflowRuntime runtime, CancellationToken cancellationToken)
    {
        MayCancel(access, instance);
        // The journal is append-only; what a person may do is end a trial. Everything else goes by the retention rules.
        if (!instance.Trial) throw StudioException.Invalid("Instanser tas inte bort för hand: journalen är en del av ärendets historik och gallras enligt gallringsreglerna. Avbryt instansen i stället.");
        if (instance.Status == WorkflowStatus.Running) await runtime.CancelAsync(new CancelWorkflow { InstanceId = instance.Id }, cancellationToken);
    }

    private static void MayCancel(RoutineAccess access, InstanceSummary instance)
    {
        if (!access.CanEdit(instance.Region)) throw StudioException.Forbidden("Du får läsa instansen men inte avbryta den.");
    }
}
