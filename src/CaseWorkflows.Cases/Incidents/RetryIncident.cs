using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>Carries out what had failed once more: a step or its job from its beginning, a parked queue item as it is.</summary>
public sealed class RetryIncident(IncidentReader incidents, IWorkflowRuntime runtime, IHostSignals signals)
{
    /// <exception cref="ConflictException">It has been decided already.</exception>
    /// <exception cref="ValidationFailedException">No reason.</exception>
    public async Task ExecuteAsync(CommandContext context, Guid id, string? reason, CancellationToken ct)
    {
        var row = await incidents.DemandAsync(context, id, "Försök igen efter fel i rutin", ct);
        if (!row.IsOpen) throw IncidentDecision.Decided();
        var given = IncidentDecision.Reason(reason);
        var item = await incidents.ItemAsync(context, row, ct);
        var decision = new IncidentDecision(context, row, "Fel i rutinen: nytt försök", given, signals) { Step = item.Step?.Name ?? item.Routine?.Name };
        IncidentDecision.Demand(await runtime.RetryIncidentAsync(decision.Resolve(), ct));
    }
}
