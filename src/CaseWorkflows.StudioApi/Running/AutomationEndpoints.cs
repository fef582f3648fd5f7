using CaseWorkflows.Cases.Activities;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Activities.Events;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Instances;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>For automation that knows Elsa: events, tasks that wait outside, and looking again at what is published.</summary>
internal static class AutomationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/events/{eventName}/trigger", TriggerAsync);
        api.MapPost("/tasks/{taskId}/complete", CompleteAsync);
        api.MapPost("/actions/workflow-definitions/refresh", RefreshAsync);
        api.MapPost("/actions/workflow-definitions/reload", Reload);
    }

    private static async Task<IResult> TriggerAsync(HttpContext http, string eventName, IWorkflowRuntime runtime, IInstanceReader reader, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var name = AsSent(http, eventName);
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        Guid? instanceId = null;
        if (body.Text("workflowInstanceId") is { Length: > 0 } id)
        {
            var instance = await reader.SummaryAsync(access, id, cancellationToken);
            MustStir(access, instance);
            instanceId = instance.Id;
        }
        else if (DomainEvents.Reserved.Contains(name))
        {
            throw StudioException.Invalid($"Händelsen ”{name}” skickas bara av systemet självt.");
        }
        else if (!access.IsAutomation)
        {
            throw StudioException.Forbidden("Ange en provkörning: bara automatik får skicka händelser till alla som väntar.");
        }

        await runtime.PublishEventAsync(new Runtime.PublishEvent
        {
            Name = name,
            CorrelationId = body.Text("correlationId"),
            InstanceId = instanceId,
            Payload = body["input"] is { } input ? Engine.Execution.Values.FromJson(input.DeepClone()) : null,
        }, cancellationToken);
        return Results.Ok();
    }

    /// <summary>A task that a step handed to the outside (RunTask). An unknown one answers 200, as Elsa does: the caller may repeat itself.</summary>
    private static async Task<IResult> CompleteAsync(HttpContext http, string taskId, IWorkflowRuntime runtime, IInstanceReader reader, CancellationToken cancellationToken)
    {
        var access = http.Access();
        if (!access.IsAutomation && !access.IsDeveloper) throw StudioException.Forbidden("Bara automatik och utvecklare får svara på uppgifter utifrån.");
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        if (await reader.FindBookmarkAsync(RunTask.BookmarkName, taskId, cancellationToken) is { } waiting
            && await reader.FindAsync(waiting.InstanceId, cancellationToken) is { } found && access.CanReadRegion(found.Summary.Region)
            // Whether a run waits that the caller may not follow is not told by what is refused.
            && (access.IsAutomation || (await CaseText.ToldAsync(http.RequestServices, access, [found.Summary], cancellationToken)).Contains(found.Summary.Id)))
        {
            MustStir(access, found.Summary);
            await runtime.ResumeAsync(new ResumeWorkflow
            {
                InstanceId = waiting.InstanceId,
                BookmarkId = waiting.BookmarkId,
                Input = body["result"] is { } result ? Engine.Execution.Values.FromJson(result.DeepClone()) : null,
            }, cancellationToken);
        }

        return Results.Ok();
    }

    /// <summary>What runs in earnest goes on by what happens to its case; a person sends events to trials only.</summary>
    private static void MustStir(RoutineAccess access, InstanceSummary instance)
    {
        access.MustEdit(instance.Region);
        if (!instance.Trial && !access.IsAutomation)
            throw StudioException.Forbidden("Körningen gäller ett verkligt ärende. Bara provkörningar kan ges händelser och svar härifrån.");
    }

    /// <summary>The name as it was sent: routing leaves an escaped slash as it came.</summary>
    private static string AsSent(HttpContext http, string eventName)
    {
        if (!eventName.Contains('%', StringComparison.Ordinal)) return eventName;
        var path = http.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].Split('/') ?? [];
        var at = Array.LastIndexOf(path, "events");
        return at >= 0 && at + 2 < path.Length ? Uri.UnescapeDataString(path[at + 1]) : eventName;
    }

    /// <summary>Our definitions are never stale; the answer names what is published.</summary>
    private static async Task<IResult> RefreshAsync(HttpContext http, IDefinitionStore store, GraphCache graphs, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var asked = (await StudioJson.ReadObjectAsync(http.Request, cancellationToken)).Texts("definitionIds");
        var published = (await store.ListAsync(new DefinitionQuery { Versions = VersionOptions.Published, Regions = access.VisibleRegions }, cancellationToken)).Items.Select(v => v.DefinitionId).ToList();
        foreach (var id in published) graphs.Invalidate(id);
        descriptors.Invalidate();
        return StudioJson.Node(new JsonObject
        {
            ["refreshed"] = new JsonArray([.. published.Where(id => asked.Count == 0 || asked.Contains(id)).Select(id => (JsonNode)id)]),
            ["notFound"] = new JsonArray([.. asked.Except(published).Select(id => (JsonNode)id)]),
        });
    }

    private static IResult Reload(DescriptorCatalogue descriptors)
    {
        descriptors.Invalidate();
        return Results.Ok();
    }
}
