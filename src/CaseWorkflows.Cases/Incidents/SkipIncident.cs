using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>Lets the routine go on as if the step were done; a parked queue item is not carried out, and a scheduled series goes on with its next start.</summary>
public sealed class SkipIncident(IncidentReader incidents, IWorkflowRuntime runtime, IHostSignals signals)
{
    /// <param name="context">Who decides.</param>
    /// <param name="id">The incident.</param>
    /// <param name="reason">Required.</param>
    /// <param name="outcome">Which way the routine goes on; required where the step has several.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="ConflictException">It has been decided already.</exception>
    /// <exception cref="ForbiddenException">Which step it is, is for those who read the case.</exception>
    /// <exception cref="ValidationFailedException">No reason, or no such way; or it is the start of a case's only routine.</exception>
    public async Task ExecuteAsync(CommandContext context, Guid id, string? reason, string? outcome, CancellationToken ct)
    {
        var row = await incidents.DemandAsync(context, id, "Hoppa över steg efter fel i rutin", ct);
        if (!row.IsOpen) throw IncidentDecision.Decided();
        if (row.IsNotStarted)
            throw new ValidationFailedException("reason", "Ärendet har ingen annan rutin och skulle bli liggande. Publicera rutinen eller ändra dirigeringen, och försök igen.");
        var item = await incidents.ItemAsync(context, row, ct);
        // Nobody chooses a way past something that he is not shown.
        if (item.Step == IncidentStep.Hidden) throw new ForbiddenException("Hoppa över ett steg som inte visas", row.CaseId, unit: row.Unit);
        var faults = new Dictionary<string, string[]>();
        var given = Try(() => IncidentDecision.Reason(reason), faults);
        var way = Try(() => WayOf(item, SoundText.IsBlank(outcome) ? null : outcome.Trim()), faults);
        if (faults.Count > 0) throw new ValidationFailedException(faults);

        var decision = new IncidentDecision(context, row, "Fel i rutinen: överhoppat", given!, signals)
        {
            Step = item.Step?.Name ?? item.Routine?.Name, GoesOn = way is null ? null : way.Next.Count > 0 ? string.Join(", ", way.Next) : way.Outcome
        };
        IncidentDecision.Demand(await runtime.SkipIncidentAsync(decision.Resolve(way?.Outcome), ct));
    }

    private static StepWay? WayOf(IncidentItem item, string? outcome) => (item.Ways, outcome) switch
    {
        ([], null) => null,
        ([var only], null) => only,
        (_, null) => throw new ValidationFailedException("outcome", "Välj hur rutinen ska fortsätta."),
        var (ways, chosen) => ways.FirstOrDefault(w => w.Outcome == chosen) ?? throw new ValidationFailedException("outcome", $"”{chosen}” är inte en väg ut ur steget.")
    };

    // Every faulty field at once.
    private static T? Try<T>(Func<T> check, Dictionary<string, string[]> faults) where T : class?
    {
        try
        {
            return check();
        }
        catch (ValidationFailedException found)
        {
            foreach (var (field, messages) in found.Errors) faults[field] = messages;
            return null;
        }
    }
}
