using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>
/// Starts routines on somebody's behalf. What a person starts from Studio is a trial, on a frozen copy when the routine is a draft:
/// its tasks are the starter's only, nothing leaves the host, and no list counts it. Automation starts published routines in earnest.
/// </summary>
internal sealed class TrialRuns(IWorkflowRuntime runtime, IDefinitionStore store, IBusinessClock clock, CommandContexts contexts, TrialCases? trialCases = null)
{
    public async Task<BurstOutcome> StartAsync(StoredDefinition found, RoutineAccess access, StartChoices choices, CancellationToken cancellationToken)
    {
        var trial = !access.IsAutomation || found.Version.PublishedAt is null;
        var change = access.Change(await clock.NowAsync(cancellationToken));
        var frozen = await store.FreezeAsync(found.Version.DefinitionId, VersionOptions.Specific(found.Version.Version), change, cancellationToken) ?? throw StudioException.NotFound();
        var context = access.IsAutomation ? null : await contexts.ForPersonAsync(access.PersonId, ct: cancellationToken);
        // A routine decides about a case; a trial gets one of its own that nothing lists.
        Guid? caseId = trial && context is not null && trialCases is not null
            ? await trialCases.CreateAsync(found.Version.Region, context.Actor, found.Version.DefinitionId, cancellationToken)
            : null;
        return await runtime.StartAsync(new StartWorkflow
        {
            DefinitionId = frozen.Version.DefinitionId,
            VersionId = frozen.Version.Id,
            CaseId = caseId,
            CorrelationId = choices.CorrelationId ?? caseId?.ToString(),
            Region = found.Version.Region,
            Trial = trial,
            Input = choices.Input,
            TriggerNodeId = choices.TriggerNodeId,
            Name = choices.Name ?? (trial ? $"Prov: {found.Version.Name}" : null),
            Ambient = context is null ? [] : [context.Actor],
        }, cancellationToken);
    }
}
