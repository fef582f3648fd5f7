using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>A part of a routine: what lies inside a step, and the way down to it.</summary>
internal static class SubgraphEndpoints
{
    private const int MostLevels = 8;
    private const int MostNodes = 5_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{id}", SubgraphAsync);
        api.MapGet("/workflow-definitions/subgraph/segments/{id}", SegmentsAsync);
    }

    private static async Task<IResult> SubgraphAsync(HttpContext http, string id, string? parentNodeId, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync(http, id, store, model, descriptors, cancellationToken);
        var wanted = string.IsNullOrEmpty(parentNodeId) ? nodes[0].NodeId : parentNodeId;
        var found = nodes.FirstOrDefault(n => n.NodeId == wanted) ?? throw StudioException.NotFound();
        return StudioJson.Node(Node(found, nodes));
    }

    private static async Task<IResult> SegmentsAsync(HttpContext http, string id, string? childNodeId, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync(http, id, store, model, descriptors, cancellationToken);
        var byId = nodes.ToDictionary(n => n.NodeId, StringComparer.Ordinal);
        var child = byId.GetValueOrDefault(childNodeId ?? "") ?? throw StudioException.NotFound();
        var ways = new List<JsonObject>();
        var container = nodes[0];
        var innermost = true;
        for (var at = child; at.Parent is not null; at = at.Parent)
        {
            var parent = at.Parent;
            if (parent.Type is "Elsa.Flowchart" or "Elsa.Workflow") continue;
            if (innermost) container = parent;
            innermost = false;
            var segment = new JsonObject
            {
                ["activityNodeId"] = parent.NodeId,
                ["activityId"] = parent.Activity.Text("id"),
                ["activityType"] = parent.Type,
                ["portName"] = at.Port,
            };
            if (parent.Activity.Text("name") is { } name) segment["activityName"] = name;
            ways.Insert(0, segment);
        }

        return StudioJson.Node(new JsonObject
        {
            ["childNode"] = Node(child, nodes),
            ["container"] = Node(container, nodes),
            ["pathSegments"] = new JsonArray([.. ways.Select(w => (JsonNode)w)]),
        });
    }

    /// <summary>Every step, those of routines used as steps too, in the order of the document.</summary>
    private static async Task<List<Found>> NodesAsync(HttpContext http, string versionId, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var stored = access.MustRead(await store.FindVersionAsync(versionId, cancellationToken));
        await descriptors.PrepareAsync(cancellationToken);
        var document = model.Write(stored, access);
        var workflowId = descriptors.WorkflowIdOf(document);
        var workflow = Workflow(document, workflowId, workflowId);
        var all = new List<Found> { new(workflowId, "Elsa.Workflow", "Root", workflow, null) };
        await AddAsync(all, (JsonObject)workflow["root"]!, all[0], store, model, descriptors, access, [stored.Version], cancellationToken);
        return all;
    }

    private static async Task AddAsync(List<Found> all, JsonObject root, Found parent, IDefinitionStore store, DefinitionModel model, DescriptorCatalogue descriptors, RoutineAccess access, ImmutableList<DefinitionVersion> way, CancellationToken cancellationToken)
    {
        var known = new Dictionary<JsonObject, Found>();
        foreach (var activity in DefinitionDocument.Activities(new JsonObject { ["root"] = root.DeepClone() }).ToList())
        {
            var owner = activity.Parent is null ? parent : known[activity.Parent];
            var nodeId = $"{owner.NodeId}:{activity.Id}";
            activity.Json["nodeId"] = nodeId;
            var found = new Found(nodeId, activity.Type, Names.Pascal(activity.Port ?? "root"), activity.Json, owner);
            known[activity.Json] = found;
            all.Add(found);
            if (all.Count > MostNodes) throw StudioException.Invalid($"Rutinen har med sina underrutiner fler än {MostNodes} steg och kan inte visas hel.");
            if (way.Count > MostLevels || activity.Json.Text("workflowDefinitionVersionId") is not { } used) continue;
            if (await store.FindVersionAsync(used, cancellationToken) is not { } sub) continue;
            // What one does not see is not there; and what stands inside itself is not opened once more.
            access.MustRead(sub.Version.Region);
            if (!way[0].MayUse(sub.Version) || way.Exists(v => v.DefinitionId == sub.Version.DefinitionId)) continue;
            var written = model.Write(sub, access);
            var workflowId = descriptors.WorkflowIdOf(written);
            var inner = Workflow(written, workflowId, $"{nodeId}:{workflowId}");
            var innerNode = new Found($"{nodeId}:{workflowId}", "Elsa.Workflow", "Root", inner, found);
            var before = all.Count;
            all.Add(innerNode);
            await AddAsync(all, (JsonObject)inner["root"]!, innerNode, store, model, descriptors, access, way.Add(sub.Version), cancellationToken);
            inner["root"] = all[before + 1].Activity.Parent is null ? all[before + 1].Activity : all[before + 1].Activity.DeepClone();
            activity.Json["root"] = inner;
        }
    }

    /// <summary>The workflow itself as an activity, as Elsa tells of it.</summary>
    private static JsonObject Workflow(JsonObject d, string id, string nodeId)
    {
        var metadata = new JsonObject { ["name"] = d.Text("name"), ["createdAt"] = d.Text("createdAt") };
        if (d.Text("description") is { } description) metadata["description"] = description;
        if (d.Text("toolVersion") is { } tool) metadata["toolVersion"] = tool;
        return new JsonObject
        {
            ["identity"] = new JsonObject { ["definitionId"] = d.Text("definitionId"), ["version"] = d.Int("version"), ["id"] = d.Text("id") },
            ["publication"] = new JsonObject { ["isLatest"] = d.Bool("isLatest"), ["isPublished"] = d.Bool("isPublished") },
            ["inputs"] = d["inputs"]!.DeepClone(),
            ["outputs"] = d["outputs"]!.DeepClone(),
            ["outcomes"] = d["outcomes"]!.DeepClone(),
            ["workflowMetadata"] = metadata,
            ["options"] = d["options"]!.DeepClone(),
            ["isReadonly"] = d.Bool("isReadonly"),
            ["isSystem"] = d.Bool("isSystem"),
            ["definitionHandle"] = new JsonObject { ["definitionVersionId"] = d.Text("id") },
            ["root"] = d["root"]!.DeepClone(),
            ["variables"] = d["variables"]!.DeepClone(),
            ["id"] = id,
            ["nodeId"] = nodeId,
            ["type"] = "Elsa.Workflow",
            ["version"] = 1,
            ["customProperties"] = d["customProperties"]!.DeepClone(),
            ["metadata"] = new JsonObject(),
        };
    }

    private static JsonObject Node(Found found, List<Found> all) => Node(found, all.ToLookup(n => (object?)n.Parent, ReferenceEqualityComparer.Instance));

    private static JsonObject Node(Found found, ILookup<object?, Found> below) => new()
    {
        ["nodeId"] = found.NodeId,
        ["port"] = found.Port,
        ["activity"] = found.Activity.DeepClone(),
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. below[found].Select(n => (JsonNode)Node(n, below))]),
    };

    private sealed record Found(string NodeId, string Type, string Port, JsonObject Activity, Found? Parent);
}
