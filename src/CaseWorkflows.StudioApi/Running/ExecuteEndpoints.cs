using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Instances;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>Starting routines. Studio looks at the headers, not at the body or the status.</summary>
internal static class ExecuteEndpoints
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const string CannotStartHeader = "x-elsa-workflow-cannot-start";
    private const int LargestBulk = 100;

    public static void Map(RouteGroupBuilder api)
    {
        // By POST only: what another site makes a browser fetch starts nothing.
        api.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync);
        api.MapPost("/workflow-definitions/{definitionId}/dispatch", DispatchAsync);
        api.MapPost("/workflow-definitions/{definitionId}/bulk-dispatch", BulkDispatchAsync);
        api.MapPost("/tests/activities", (HttpContext http, StepTrial trial, CancellationToken ct) => trial.RunAsync(http, ct));
    }

    private static async Task<IResult> ExecuteAsync(HttpContext http, string definitionId, IDefinitionStore store, DescriptorCatalogue descriptors, TrialRuns runs, IInstanceReader reader, CancellationToken cancellationToken)
    {
        var (found, choices) = await ReadAsync(http, await StudioJson.ReadObjectAsync(http.Request, cancellationToken), definitionId, store, descriptors, cancellationToken);
        http.Response.Headers[CannotStartHeader] = "False";
        BurstOutcome outcome;
        try
        {
            outcome = await runs.StartAsync(found, http.Access(), choices, cancellationToken);
        }
        catch (Exception e) when (e is DefinitionException or DefinitionNotFoundException or Cases.Errors.DomainException)
        {
            http.Response.Headers[CannotStartHeader] = "True";
            throw e is DefinitionException ? e : StudioException.Invalid($"Rutinen kunde inte startas: {e.Message}");
        }

        http.Response.Headers[InstanceHeader] = outcome.InstanceId.ToString();
        http.Response.Headers["x-elsa-response"] = "true";
        // What came after the burst (children, resumes) counts too.
        var detail = await reader.FindAsync(outcome.InstanceId, cancellationToken);
        var state = detail?.State ?? outcome.State;
        return StudioJson.Node(new JsonObject { ["workflowState"] = state is null ? new JsonObject() : InstanceJson.State(state) });
    }

    private static async Task<IResult> DispatchAsync(HttpContext http, string definitionId, IDefinitionStore store, DescriptorCatalogue descriptors, TrialRuns runs, CancellationToken cancellationToken)
    {
        var (found, choices) = await ReadAsync(http, await StudioJson.ReadObjectAsync(http.Request, cancellationToken), definitionId, store, descriptors, cancellationToken);
        var outcome = await runs.StartAsync(found, http.Access(), choices, cancellationToken);
        return StudioJson.Node(new JsonObject { ["workflowInstanceId"] = outcome.InstanceId.ToString() });
    }

    private static async Task<IResult> BulkDispatchAsync(HttpContext http, string definitionId, IDefinitionStore store, DescriptorCatalogue descriptors, TrialRuns runs, CancellationToken cancellationToken)
    {
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var (found, choices) = await ReadAsync(http, body, definitionId, store, descriptors, cancellationToken);
        var count = body["count"] is null ? 1 : body.Int("count") ?? 0;
        if (count is < 1 or > LargestBulk) throw StudioException.Invalid("count", $"Ange hur många som ska startas, 1–{LargestBulk}. Inget är startat.");
        var ids = new JsonArray();
        for (var i = 0; i < count; i++) ids.Add((await runs.StartAsync(found, http.Access(), choices, cancellationToken)).InstanceId.ToString());
        return StudioJson.Node(new JsonObject { ["workflowInstanceIds"] = ids });
    }

    private static async Task<(StoredDefinition Found, StartChoices Choices)> ReadAsync(HttpContext http, JsonObject body, string definitionId, IDefinitionStore store, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var query = http.Request.Query;
        var versions = body["versionOptions"] is JsonValue v ? v.ToString() : query["versionOptions"].ToString();
        var options = DefinitionReadEndpoints.Versions(string.IsNullOrEmpty(versions) ? null : versions, access.IsAutomation ? VersionOptions.Published : VersionOptions.Latest);
        var found = access.MustRead(await store.FindAsync(definitionId, options, cancellationToken));
        access.MustEdit(found.Version.Region);
        await descriptors.PrepareAsync(cancellationToken);
        return (found, new StartChoices(
            NullIfEmpty(body.Text("correlationId") ?? query["correlationId"]),
            Trigger(found.ToObject(), descriptors, body.Text("triggerActivityId") ?? query["triggerActivityId"]),
            Instances.Values.Read(body.Object("input")),
            NullIfEmpty(body.Text("name") ?? query["name"])));
    }

    /// <summary>Studio names the step, the runtime its node.</summary>
    private static string? Trigger(JsonObject document, DescriptorCatalogue descriptors, string? activityId) => string.IsNullOrEmpty(activityId) ? null
        : DefinitionDocument.Activities(document, descriptors.WorkflowIdOf(document)).FirstOrDefault(a => a.Id == activityId || a.NodeId == activityId)?.NodeId
          ?? throw StudioException.Invalid("triggerActivityId", $"Rutinen har inget steg med id {activityId}.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
