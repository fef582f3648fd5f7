using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>Executions of single steps, put together from the journal.</summary>
internal static class ExecutionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/activity-executions/list", (HttpContext http, IInstanceReader reader, GraphCache graphs, CancellationToken ct) => ListAsync(http, reader, graphs, whole: true, ct));
        api.MapGet("/activity-execution-summaries/list", (HttpContext http, IInstanceReader reader, GraphCache graphs, CancellationToken ct) => ListAsync(http, reader, graphs, whole: false, ct));
        api.MapGet("/activity-executions/count", CountAsync);
        api.MapPost("/activity-executions/report", ReportAsync);
        api.MapGet("/activity-executions/by-id", (HttpContext http, string? id, IInstanceReader reader, GraphCache graphs, CancellationToken ct) => OneAsync(http, id ?? "", reader, graphs, ct));
        api.MapGet("/activity-executions/{id}", OneAsync);
        api.MapGet("/activity-executions/{id}/call-stack", CallStackAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IInstanceReader reader, GraphCache graphs, bool whole, CancellationToken cancellationToken)
    {
        var (instance, all) = await AllAsync(http, reader, graphs, cancellationToken);
        var depths = Depths(all);
        var node = http.Request.Query["activityNodeId"].ToString();
        var items = all.Where(r => node.Length == 0 || r.NodeId == node)
            .OrderBy(r => r.StartedAt).ThenBy(r => r.FirstSequence)
            .Select(r => (JsonNode)InstanceJson.Execution(r, whole, depths[r.Id], Parent(all, r))).ToList();
        var answer = new JsonObject { ["items"] = new JsonArray([.. items]), ["count"] = items.Count };
        return StudioJson.Node(await answer.ShownAsync(http, instance, graphs, cancellationToken));
    }

    private static async Task<IResult> CountAsync(HttpContext http, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var node = http.Request.Query["activityNodeId"].ToString();
        var (_, all) = await AllAsync(http, reader, graphs, cancellationToken);
        return StudioJson.Node(new JsonObject { ["count"] = all.Count(r => node.Length == 0 || r.NodeId == node) });
    }

    private static async Task<IResult> ReportAsync(HttpContext http, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var instance = await reader.SummaryAsync(http.Access(), body.Text("workflowInstanceId") ?? "", cancellationToken);
        var asked = body.Texts("activityNodeIds").ToHashSet(StringComparer.Ordinal);
        var executions = await ExecutionsAsync(http, instance, reader, cancellationToken);
        // One row per step: the same step twice stops Studio.
        var stats = executions.GroupBy(r => r.NodeId).Where(g => asked.Count == 0 || asked.Contains(g.Key)).Select(g => (JsonNode)Statistics(g));
        return StudioJson.Node(new JsonObject { ["stats"] = new JsonArray([.. stats]) });
    }

    internal static JsonObject Statistics(IGrouping<string, ActivityExecutionRecord> executions)
    {
        var started = executions.Count();
        var completed = executions.Count(r => r.Status == ActivityStatus.Completed);
        return new JsonObject
        {
            ["activityId"] = executions.First().ActivityId,
            ["activityNodeId"] = executions.Key,
            ["startedCount"] = started,
            ["completedCount"] = completed,
            ["uncompletedCount"] = started - completed,
            ["isBlocked"] = executions.Any(r => r.HasBookmarks && r.Status is ActivityStatus.Running),
            ["isFaulted"] = executions.Any(r => r.Status == ActivityStatus.Faulted),
            ["aggregateFaultCount"] = executions.Sum(r => r.FaultCount),
            ["metadata"] = new JsonObject(),
        };
    }

    private static async Task<IResult> OneAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var (instance, all, record) = await FindAsync(http, id, reader, cancellationToken);
        var answer = InstanceJson.Execution(record, whole: true, Depths(all)[record.Id], Parent(all, record));
        return StudioJson.Node(await answer.ShownAsync(http, instance, graphs, cancellationToken));
    }

    private static async Task<IResult> CallStackAsync(HttpContext http, string id, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var (instance, all, record) = await FindAsync(http, id, reader, cancellationToken);
        var byId = all.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var depths = Depths(all);
        var stack = new List<ActivityExecutionRecord>();
        for (var next = record; next is not null; next = next.ParentId is not null ? byId.GetValueOrDefault(next.ParentId) : null) stack.Add(next);
        stack.Reverse();
        var answer = new JsonObject
        {
            ["activityExecutionId"] = id,
            ["items"] = new JsonArray([.. stack.Select(r => (JsonNode)InstanceJson.Execution(r, whole: true, depths[r.Id], Parent(all, r)))]),
            ["totalCount"] = stack.Count,
        };
        return StudioJson.Node(await answer.ShownAsync(http, instance, graphs, cancellationToken));
    }

    private static async Task<IReadOnlyList<ActivityExecutionRecord>> ExecutionsAsync(
        HttpContext http, InstanceSummary instance, IInstanceReader reader, CancellationToken ct) =>
        await (await reader.ExecutionsAsync(instance.Id, ct: ct)).FollowedAsync(http, instance, ct);

    private static async Task<(InstanceSummary Instance, IReadOnlyList<ActivityExecutionRecord> All, ActivityExecutionRecord Record)> FindAsync(HttpContext http, string id, IInstanceReader reader, CancellationToken cancellationToken)
    {
        if (InstanceJson.ParseExecutionId(id) is not { } parsed) throw StudioException.NotFound();
        var instance = await reader.SummaryAsync(http.Access(), parsed.InstanceId.ToString(), cancellationToken);
        var all = await ExecutionsAsync(http, instance, reader, cancellationToken);
        return (instance, all, all.FirstOrDefault(r => r.Id == parsed.ExecutionId) ?? throw StudioException.NotFound());
    }

    private static async Task<(InstanceSummary Instance, IReadOnlyList<ActivityExecutionRecord> All)> AllAsync(HttpContext http, IInstanceReader reader, GraphCache graphs, CancellationToken cancellationToken)
    {
        var instance = await reader.SummaryAsync(http.Access(), http.Request.Query["workflowInstanceId"].ToString(), cancellationToken);
        return (instance, await ExecutionsAsync(http, instance, reader, cancellationToken));
    }

    private static ActivityExecutionRecord? Parent(IReadOnlyList<ActivityExecutionRecord> all, ActivityExecutionRecord r) =>
        r.ParentId is null ? null : all.FirstOrDefault(p => p.Id == r.ParentId);

    private static Dictionary<string, int> Depths(IReadOnlyList<ActivityExecutionRecord> all)
    {
        var byId = all.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var record in all)
        {
            var depth = 0;
            for (var up = record.ParentId; up is not null && byId.TryGetValue(up, out var parent); up = parent.ParentId) depth++;
            depths[record.Id] = depth;
        }

        return depths;
    }
}
