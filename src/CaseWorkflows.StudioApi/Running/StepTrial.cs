using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Instances;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>Runs one step by itself, in memory: Studio's Test tab. Nothing is stored, sent or waited for.</summary>
internal sealed class StepTrial(IDefinitionStore store, ActivityRegistry registry, DescriptorCatalogue descriptors, IBusinessClock clock)
{
    public async Task<IResult> RunAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var access = http.Access();
        var body = await StudioJson.ReadObjectAsync(http.Request, cancellationToken);
        var handle = body.Object("workflowDefinitionHandle") ?? [];
        var stored = handle.Text("definitionVersionId") is { Length: > 0 } versionId
            ? await store.FindVersionAsync(versionId, cancellationToken)
            : handle.Text("definitionId") is { Length: > 0 } id ? await store.FindAsync(id, VersionOptions.Latest, cancellationToken) : null;
        access.MustEdit(access.MustRead(stored).Version.Region);
        var step = body.Object("activityHandle") ?? [];
        var document = stored!.ToObject();
        await descriptors.PrepareAsync(cancellationToken);
        var found = DefinitionDocument.Activities(document, descriptors.WorkflowIdOf(document)).FirstOrDefault(a =>
            step.Text("activityNodeId") is { Length: > 0 } node ? a.NodeId == node : a.Id == step.Text("activityId"));
        if (found is null) throw StudioException.Invalid("Steget finns inte i den sparade rutinen. Spara först.");
        var now = await clock.NowAsync(cancellationToken);
        return StudioJson.Node(Run(document, found, now));
    }

    private JsonObject Run(JsonObject document, ActivityNode found, DateTimeOffset now)
    {
        var alone = (JsonObject)document.DeepClone();
        alone["root"] = found.Json.DeepClone();
        try
        {
            var graph = WorkflowGraph.Compile(WorkflowDefinition.FromJson(alone), registry, new CompileOptions { Strict = false });
            var result = Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), new BurstEnvironment { Now = now });
            var entries = result.Journal.Where(e => e.ActivityId == found.Id).ToList();
            var last = entries.LastOrDefault(e => e.EventName is "Completed" or "Faulted" or "Canceled" or "Suspended");
            var status = last?.EventName switch { "Completed" => "Completed", "Faulted" => "Faulted", "Canceled" => "Canceled", _ => "Running" };
            var answer = new JsonObject
            {
                ["activityState"] = entries.FirstOrDefault(e => e.State is not null)?.State?.DeepClone() ?? new JsonObject(),
                ["outputs"] = entries.LastOrDefault(e => e.Outputs is not null)?.Outputs?.DeepClone() ?? new JsonObject(),
                ["payload"] = last?.Payload?.DeepClone() ?? new JsonObject(),
                ["status"] = status,
            };
            if (status == "Faulted") answer["exception"] = InstanceJson.Exception(null, last?.Message ?? (result.State.Incidents is [.., var incident] ? incident.Message : null) ?? "Steget misslyckades.");
            return answer;
        }
        catch (DefinitionException e)
        {
            return new JsonObject
            {
                ["activityState"] = new JsonObject(),
                ["outputs"] = new JsonObject(),
                ["payload"] = new JsonObject(),
                ["status"] = "Faulted",
                ["exception"] = InstanceJson.Exception(null, e.Message),
            };
        }
    }
}
