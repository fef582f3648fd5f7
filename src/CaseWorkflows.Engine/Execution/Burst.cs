using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// One run of one instance until nothing more can be done now: a plain function of graph, state, stimulus and environment.
/// The given state is never changed; the result holds the new one.
/// </summary>
public static class Burst
{
    public static BurstResult Start(WorkflowGraph g, StartBurst s, BurstEnvironment e)
    {
        ArgumentNullException.ThrowIfNull(g);
        ArgumentNullException.ThrowIfNull(s);
        ArgumentNullException.ThrowIfNull(e);
        var w = new WorkflowExecution(g, s.InstanceId, e);
        w.Start(s);
        return w.Result();
    }

    /// <param name="g">The graph of the version the instance was started with.</param>
    /// <param name="s">The instance.</param>
    /// <param name="bookmarkId">Where it waits.</param>
    /// <param name="input">What came: an event's payload, a task's answer, a <c>JobResult</c>, a <c>ChildResult</c>.</param>
    /// <param name="e">The surroundings.</param>
    public static BurstResult Resume(WorkflowGraph g, WorkflowState s, string bookmarkId, object? input, BurstEnvironment e) =>
        Run(g, s, e, w => w.Resume(bookmarkId, input));

    public static BurstResult Cancel(WorkflowGraph g, WorkflowState s, BurstEnvironment e)
    {
        ArgumentNullException.ThrowIfNull(s);
        if (s.Status == WorkflowStatus.Finished && s.SubStatus != WorkflowSubStatus.Faulted) return Nothing(s, BurstDisposition.AlreadyFinished);
        var w = WorkflowExecution.Load(g, s, e);
        w.CancelWorkflow();
        return w.Result();
    }

    /// <summary>A job that failed its last try: an incident on its step, which keeps waiting for a retry or a skip.</summary>
    public static BurstResult FailJob(WorkflowGraph g, WorkflowState s, string bookmarkId, string message, BurstEnvironment e) =>
        Run(g, s, e, w => w.FailJob(bookmarkId, message));

    /// <summary>Runs the failed step again from its start. Also wakes a workflow that the failure had ended.</summary>
    /// <param name="g">The graph of the version the instance was started with.</param>
    /// <param name="s">The instance.</param>
    /// <param name="incidentId">The incident's id in the state.</param>
    /// <param name="by">Who decided it; stands in the journal.</param>
    /// <param name="reason">Why; stands in the journal, among the data that can be removed by rule.</param>
    /// <param name="e">The surroundings.</param>
    public static BurstResult RetryIncident(WorkflowGraph g, WorkflowState s, string incidentId, string by, string reason, BurstEnvironment e) =>
        Mend(g, s, e, w => w.RetryIncident(incidentId, by, reason));

    /// <summary>Treats the failed step as completed, with an outcome (null = Done); who and why stand in the journal as with a retry.</summary>
    public static BurstResult SkipIncident(WorkflowGraph g, WorkflowState s, string incidentId, string? outcome, string by, string reason, BurstEnvironment e) =>
        Mend(g, s, e, w => w.SkipIncident(incidentId, outcome, by, reason));

    private static BurstResult Run(WorkflowGraph g, WorkflowState s, BurstEnvironment e, Func<WorkflowExecution, bool> run)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s.Status == WorkflowStatus.Finished ? Nothing(s, BurstDisposition.AlreadyFinished) : Mend(g, s, e, run);
    }

    private static BurstResult Mend(WorkflowGraph g, WorkflowState s, BurstEnvironment e, Func<WorkflowExecution, bool> run)
    {
        ArgumentNullException.ThrowIfNull(g);
        ArgumentNullException.ThrowIfNull(s);
        ArgumentNullException.ThrowIfNull(e);
        var w = WorkflowExecution.Load(g, s, e);
        return run(w) ? w.Result() : Nothing(s, BurstDisposition.NotFound);
    }

    private static BurstResult Nothing(WorkflowState s, BurstDisposition disposition) => new(disposition, s, [], []);
}
