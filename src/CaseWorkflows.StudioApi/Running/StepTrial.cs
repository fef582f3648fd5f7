using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Instances;
using CaseWorkflows.StudioApi.Rights;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>Runs one step by itself, in memory and on a made-up case: Studio's Test tab. Nothing is stored, sent or waited for.</summary>
internal sealed class StepTrial(
    IDefinitionStore store, ActivityRegistry registry, DescriptorCatalogue descriptors, IBusinessClock clock, IEnumerable<IExpressionGlobals> globals, CommandContexts contexts,
    TrialCases? trialCases = null)
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
        return StudioJson.Node(Run(document, found, await EnvironmentAsync(stored.Version, access, cancellationToken)));
    }

    private async Task<BurstEnvironment> EnvironmentAsync(DefinitionVersion version, RoutineAccess access, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        if (trialCases is null) return new BurstEnvironment { Now = now, Globals = [.. globals] };
        var context = access.IsAutomation ? null : await contexts.ForPersonAsync(access.PersonId, ct: cancellationToken);
        var scope = await trialCases.ScopeAsync(version.Region, context?.Actor ?? Actor.System, version.DefinitionId, cancellationToken);
        return new BurstEnvironment { Now = scope.Now, Ambient = [scope.Actor, scope, scope.Reference], Globals = [.. globals] };
    }

    private JsonObject Run(JsonObject document, ActivityNode found, BurstEnvironment environment)
    {
        var alone = (JsonObject)document.DeepClone();
        alone["root"] = found.Json.DeepClone();
        try
        {
            var graph = WorkflowGraph.Compile(WorkflowDefinition.FromJson(alone), registry, new CompileOptions { Strict = false });
            var result = Burst.Start(graph, new StartBurst(Guid.CreateVersion7()), environment);
            var entries = result.Journal.Where(e => e.ActivityId == found.Id).ToList();
            var last = entries.LastOrDefault(e => e.EventName is "Completed" or "Faulted" or "Canceled" or "Suspended");
            var status = last?.EventName switch { "Completed" => "Completed", "Faulted" => "Faulted", "Canceled" => "Canceled", _ => "Running" };
            var words = new TrialWords(registry.Find(found.Type, last?.ActivityTypeVersion ?? 1) ?? registry.FindLatest(found.Type));
            var answer = new JsonObject
            {
                ["activityState"] = words.Inputs(entries.FirstOrDefault(e => e.State is not null)?.State),
                ["outputs"] = words.Outputs(entries.LastOrDefault(e => e.Outputs is not null)?.Outputs),
                ["payload"] = words.Payload(last?.Payload),
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
