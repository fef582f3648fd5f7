using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// One run of one instance until nothing more can be done now: a plain function of graph, state, stimulus and environment.
/// The given state is never changed; the result holds the new one.
/// </summary>
public static class Burst
{
    public static BurstResult Start(WorkflowGraph g, StartBurst s, BurstEnvironment e) => throw new NotImplementedException();

    public static BurstResult Resume(WorkflowGraph g, WorkflowState s, string bookmarkId, object? input, BurstEnvironment e) => throw new NotImplementedException();

    public static BurstResult Cancel(WorkflowGraph g, WorkflowState s, BurstEnvironment e) => throw new NotImplementedException();

    /// <summary>A job that failed its last try: an incident on its step, which keeps waiting for a retry or a skip.</summary>
    public static BurstResult FailJob(WorkflowGraph g, WorkflowState s, string bookmarkId, string message, BurstEnvironment e) => throw new NotImplementedException();

    /// <summary>Runs the failed step again from its start.</summary>
    public static BurstResult RetryIncident(WorkflowGraph g, WorkflowState s, string incidentId, BurstEnvironment e) => throw new NotImplementedException();

    /// <summary>Treats the failed step as completed, with an outcome (null = Done).</summary>
    public static BurstResult SkipIncident(WorkflowGraph g, WorkflowState s, string incidentId, string? outcome, string reason, BurstEnvironment e) => throw new NotImplementedException();
}
