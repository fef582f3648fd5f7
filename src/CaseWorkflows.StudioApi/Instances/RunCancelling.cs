using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Rights;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Ends runs: all that are asked for, or, when one of them is not the caller's to end, none. A trial is its region's editors' to end; a run in
/// earnest that of those who decide about its faults, for a reason, in their name.
/// </summary>
internal sealed class RunCancelling(IWorkflowRuntime runtime, CommandContexts contexts, CancelRun? earnest = null)
{
    private const int LongestReason = 2_000;
    private const string NotYours = "gäller verkliga ärenden. De avbryts av den som tar hand om fel i rutiner på enheten.";

    /// <param name="runs">Those that have finished too: whether they may be ended is asked of them as well.</param>
    /// <param name="reason">Needed when one of them is no trial.</param>
    /// <returns>How many were ended; those that had finished meanwhile do not count.</returns>
    /// <exception cref="StudioException">403, or 400 without a reason; nothing is done.</exception>
    public async Task<int> CancelAsync(RoutineAccess access, IReadOnlyList<InstanceSummary> runs, string? reason, CancellationToken ct)
    {
        if (runs.Any(r => r.Trial && !access.CanEdit(r.Region))) throw StudioException.Forbidden("Du får läsa provkörningen men inte avbryta den.");
        var real = runs.Where(r => !r.Trial).Select(r => r.Id).ToList();
        var context = real.Count == 0 ? null : await DemandAsync(access, real, runs.Count, ct);
        if (context is not null && SoundText.IsBlank(reason))
            throw new StudioException(400, "reason", ["Ange varför körningen avbryts. Skälet sparas i ärendets historik."], "reason-required");

        if (reason?.Length > LongestReason) throw StudioException.Invalid("reason", $"Skälet får vara högst {LongestReason} tecken.");

        var ended = 0;
        foreach (var run in runs.Where(r => r.Status == WorkflowStatus.Running))
        {
            var done = run.Trial
                ? (await runtime.CancelAsync(new CancelWorkflow { InstanceId = run.Id }, ct)).Kind == BurstOutcomeKind.Committed
                : await earnest!.ExecuteAsync(context!, run.Id, reason, ct);
            if (done) ended++;
        }

        return ended;
    }

    private async Task<CommandContext> DemandAsync(RoutineAccess access, List<Guid> real, int all, CancellationToken ct)
    {
        var refused = StudioException.Forbidden(all == 1 ? $"Körningen {NotYours}" : $"{real.Count} av {all} körningar {NotYours}");
        if (access.IsAutomation || earnest is null || await contexts.ForPersonAsync(access.PersonId, HistorySource.Ui, ct: ct) is not { } context) throw refused;
        try
        {
            await earnest.DemandAsync(context, real, ct);
        }
        catch (DomainException e) when (e is NotFoundException or ForbiddenException)
        {
            throw refused;
        }

        return context;
    }
}
