using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>Carries out what had failed once more: a step or its job from its beginning, a parked queue item as it is.</summary>
public sealed class RetryIncident(IncidentReader incidents, CaseStore cases, IWorkflowRuntime runtime, IHostSignals signals)
{
    /// <exception cref="ConflictException">It has been decided already.</exception>
    /// <exception cref="ValidationFailedException">No reason; or a case still has no routine to start.</exception>
    public async Task ExecuteAsync(CommandContext context, Guid id, string? reason, CancellationToken ct)
    {
        var row = await incidents.DemandAsync(context, id, "Försök igen efter fel i rutin", ct);
        if (!row.IsOpen) throw IncidentDecision.Decided();
        var given = IncidentDecision.Reason(reason);
        var item = await incidents.ItemAsync(context, row, ct);
        var decision = new IncidentDecision(context, row, "Fel i rutinen: nytt försök", given, signals) { Step = item.Step?.Name ?? item.Routine?.Name };
        var routine = row.IsNotStarted ? await RoutineAsync(context, row.CaseId!.Value, ct) : null;
        IncidentDecision.Demand(await runtime.RetryIncidentAsync(decision.Resolve() with { DefinitionId = routine }, ct));
    }

    /// <summary>What routing says now: the fault may have been in its row.</summary>
    private async Task<string> RoutineAsync(CommandContext context, Guid caseId, CancellationToken ct)
    {
        var record = await cases.GetAsync(caseId, ct);
        return RegisterCase.RouteOf(context.Reference, record)?.Workflow is { } workflow && !SoundText.IsBlank(workflow) ? workflow
            : throw new ValidationFailedException("reason", $"{context.Reference.UnitName(record.ResponsibleUnitId)} har ingen rutin för inkommande ärenden. Ändra dirigeringen och försök igen.");
    }
}
