using CaseWorkflows.Engine.Effects;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Runs instances durably: one burst is one transaction. Every call returns only when all database-only work it caused at the
/// present business time is committed (children, resumes, events), on whichever host it ran.
/// </summary>
/// <remarks>Throws <see cref="DatabaseUnavailableException"/> when the database cannot be reached: the call may or may not have been applied.</remarks>
public interface IWorkflowRuntime
{
    /// <summary>Starts an instance; one round trip when the definition is in memory and nobody reads.</summary>
    /// <exception cref="DefinitionNotFoundException">No such published definition or version.</exception>
    Task<BurstOutcome> StartAsync(StartWorkflow start, CancellationToken ct = default);

    /// <summary>
    /// Keeps a start that cannot be made now as an incident for an operator, who has it tried again, with what its participants write in the same
    /// transaction. Nothing is run.
    /// </summary>
    /// <param name="start">As it would have been made; its routine need not exist.</param>
    /// <param name="why">Swedish, for the operator.</param>
    /// <param name="effects">What the modules write for it.</param>
    /// <param name="ct">Cancels the call.</param>
    Task ParkStartAsync(StartWorkflow start, string why, IReadOnlyList<Effect> effects, CancellationToken ct = default);

    /// <summary>Resumes a bookmark; two round trips. Of two callers for one bookmark the second gets <see cref="BurstOutcome.NotFound"/>.</summary>
    Task<BurstOutcome> ResumeAsync(ResumeWorkflow resume, CancellationToken ct = default);

    /// <summary>What <see cref="ResumeAsync"/> would come to, the sub-routines included that it would start; nothing is kept, nobody is told.</summary>
    Task<BurstRehearsal> RehearseAsync(ResumeWorkflow resume, CancellationToken ct = default);

    /// <summary>Cancels an instance whole: bookmarks, timers and queue items go in the same transaction, children get a cancel item.</summary>
    Task<BurstOutcome> CancelAsync(CancelWorkflow cancel, CancellationToken ct = default);

    /// <summary>Resumes what waits for the event and starts what it triggers. Returns how many instances were reached.</summary>
    Task<int> PublishEventAsync(PublishEvent published, CancellationToken ct = default);

    /// <summary>Runs a failed step or job, or a parked queue item, again. <see cref="BurstOutcome.NotFound"/> when somebody else was first.</summary>
    Task<BurstOutcome> RetryIncidentAsync(ResolveIncident resolve, CancellationToken ct = default);

    /// <summary>
    /// Treats a failed step or job as done, with a reason. A parked queue item is not carried out; a scheduled start moves to the next of
    /// its series. <see cref="BurstOutcome.NotFound"/> when somebody else was first.
    /// </summary>
    Task<BurstOutcome> SkipIncidentAsync(ResolveIncident resolve, CancellationToken ct = default);
}
