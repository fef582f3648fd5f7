using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>What an instance has done.</summary>
internal static class JournalEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/workflow-instances/{id}/journal", FilteredAsync);
        api.MapGet("/workflow-instances/{id}/journal", AllAsync);
        api.MapGet("/workflow-instances/{id}/journal/{activityId}", LastAsync);
    }

    private static async Task<IResult> FilteredAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        var filter = (await StudioJson.ReadObjectAsync(http.Request, cancellationToken)).Object("filter") ?? [];
        var ids = Set(filter, "activityIds");
        var nodes = Set(filter, "activityNodeIds");
        var excluded = Set(filter, "excludedActivityTypes");
        var events = Set(filter, "eventNames");
        var entries = await EntriesAsync(http, instance, reader, cancellationToken);
        var chosen = entries.Where(e => (ids is null || ids.Contains(e.ActivityId)) && (nodes is null || nodes.Contains(e.NodeId))
            && excluded?.Contains(e.ActivityType) != true && (events is null || events.Contains(e.EventName))).ToList();
        return await PageAsync(http, instance, chosen, graphs, cancellationToken);
    }

    private static async Task<IResult> AllAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        return await PageAsync(http, instance, await EntriesAsync(http, instance, reader, cancellationToken), graphs, cancellationToken);
    }

    /// <summary>How the newest execution of a step began.</summary>
    private static async Task<IResult> LastAsync(HttpContext http, string id, string activityId, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), id, cancellationToken);
        var entries = (await EntriesAsync(http, instance, reader, cancellationToken)).Where(e => e.ActivityId == activityId || e.NodeId == activityId).ToList();
        if (entries.Count == 0) throw StudioException.NotFound();
        var newest = entries.Last(e => e.ActivityInstanceId == entries[^1].ActivityInstanceId && (e.EventName == "Started" || entries.All(x => x.EventName != "Started")));
        var entry = InstanceJson.Entry(newest);
        entry["workflowDefinitionId"] = instance.DefinitionId;
        entry["workflowDefinitionVersionId"] = instance.VersionId;
        entry["workflowInstanceId"] = instance.Id.ToString();
        entry["workflowVersion"] = instance.Version;
        entry["activityNodeId"] = newest.NodeId;
        entry.Remove("nodeId");
        return StudioJson.Node(await entry.ShownAsync(http, instance, graphs, cancellationToken));
    }

    private static async Task<IReadOnlyList<JournalRecord>> EntriesAsync(
        HttpContext http, InstanceSummary instance, IInstanceReader reader, CancellationToken ct) =>
        await (await reader.JournalAsync(instance.Id, ct: ct)).FollowedAsync(http, instance, ct);

    private static async Task<IResult> PageAsync(HttpContext http, InstanceSummary instance, IReadOnlyList<JournalRecord> entries, GraphCache graphs, CancellationToken cancellationToken)
    {
        var q = http.Request.Query;
        var take = StudioPaging.Number("take", q["take"]) ?? StudioPaging.Number("pageSize", q["pageSize"]) ?? entries.Count;
        var skip = StudioPaging.Number("skip", q["skip"]) ?? StudioPaging.Before(StudioPaging.Number("page", q["page"]), take);
        var answer = new JsonObject
        {
            ["items"] = new JsonArray([.. entries.Skip(skip).Take(take).Select(e => (JsonNode)InstanceJson.Entry(e))]),
            ["totalCount"] = entries.Count,
        };
        return StudioJson.Node(await answer.ShownAsync(http, instance, graphs, cancellationToken));
    }

    /// <summary>Null or missing is no condition; an empty list is none either, as Studio means it.</summary>
    private static HashSet<string>? Set(JsonObject filter, string name) => filter.Texts(name) is { Count: > 0 } texts ? texts.ToHashSet(StringComparer.Ordinal) : null;
}
