using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <content>How executions end: completed, cancelled, failed.</content>
internal sealed partial class WorkflowExecution
{
    private readonly List<Incident> _incidents = [];

    public void Complete(ActivityExecutionContext c, string[] outcomes)
    {
        if (c.Status != ActivityStatus.Running) return;
        // What the root still has scheduled runs to its end, as in Elsa: a Complete deep inside lets steps already scheduled finish.
        var isRoot = c.Parent is null;
        CancelChildren(c, purge: !isRoot);
        if (c.BookmarkCount > 0) BurnAll(c, BurnReason.Cancelled);
        c.Status = ActivityStatus.Completed;
        c.Outcomes = outcomes;
        var entry = Log(c, "Completed");
        entry.Outcomes = outcomes;
        entry.OutputValues = c.OutputValues;
        if (c.Parent is not { } parent)
        {
            if (Status == WorkflowStatus.Running) SetFinished(WorkflowSubStatus.Finished);
            return;
        }

        parent.LiveChildren?.Remove(c);
        if (parent.Status == ActivityStatus.Running) Guarded(parent, c, static (parent, child) => parent.Activity.ChildCompleted(parent, child));
    }

    /// <summary>Ends the whole workflow at once: nothing scheduled runs, nothing waited for stays. The journal says no more than the step.</summary>
    public void Finish(ActivityExecutionContext by)
    {
        _queue.Clear();
        BurnEverything(BurnReason.Cancelled);
        CancelChildInstances(null);
        by.Status = ActivityStatus.Completed;
        Log(by, "Completed");
        by.Parent?.LiveChildren?.Remove(by);
        SetFinished(WorkflowSubStatus.Finished);
        Halted = true;
    }

    public void Cancel(ActivityExecutionContext c, bool purge)
    {
        if (c.Status is not (ActivityStatus.Running or ActivityStatus.Faulted)) return;
        c.Status = ActivityStatus.Canceled;
        Log(c, "Canceled");
        CancelChildren(c, purge);
        BurnAll(c, BurnReason.Cancelled);
        c.Parent?.LiveChildren?.Remove(c);
        DropIncidentsOf(c);
        Guarded(c, 0, static (c, _) => c.Activity.Cancelled(c));
    }

    public void CancelWorkflow()
    {
        _queue.Clear();
        if (Status == WorkflowStatus.Running && _bookmarks.Count == 0 && _incidents.Count == 0 && Innermost(Root) is { } stuck) Emit(stuck, new IncidentDropped(stuck.ActivityInstanceId));
        if (Root is not null)
        {
            Root.ScheduledCount = 0;
            Cancel(Root, purge: true);
        }

        CancelChildInstances(null);
        SetFinished(WorkflowSubStatus.Cancelled);
    }

    public void Fault(ActivityExecutionContext c, string message, string? exceptionType) => Fault(c, message, exceptionType, mayEndWorkflow: true);

    public void Fault(ActivityExecutionContext c, string message, string? exceptionType, bool mayEndWorkflow)
    {
        if (c.Status != ActivityStatus.Running) return;
        message = FaultText.Bounded(message);
        c.Status = ActivityStatus.Faulted;
        for (var p = c; p is not null; p = p.Parent) p.FaultCount++;
        var incident = new Incident(IdOf(NextNumber++), c.Activity.Id, c.Node.NodeId, c.ActivityInstanceId, c.Activity.TypeName, message, exceptionType, Environment.Now);
        _incidents.Add(incident);
        Log(c, "Faulted", message);
        Emit(c, new IncidentRaised(incident));
        if (Graph.Definition.Options.ContinueWithIncidents || !mayEndWorkflow) return;
        Halted = true;
        SetFinished(WorkflowSubStatus.Faulted);
    }

    public bool RetryIncident(string incidentId, string by, string reason)
    {
        if (TakeIncident(incidentId) is not { } c) return false;
        Emit(c, new IncidentResolved(incidentId, false, reason));
        Log(c, "Retried").PayloadValues = Decision(by, reason);
        c.Status = ActivityStatus.Faulted;
        BurnAll(c, BurnReason.Cancelled);
        CancelChildren(c, purge: true);
        var given = c.Variables?.Where(v => c.Node.FindVariable(v.Key) is null).ToDictionary(v => v.Key, v => v.Value);
        if (c.Parent is null)
        {
            Execute(new WorkItem(c.Node, null, c.Tag, given));
        }
        else
        {
            c.Parent.LiveChildren?.Remove(c);
            Execute(new WorkItem(c.Node, c.Parent, c.Tag, given is { Count: > 0 } ? given : null));
        }

        Run();
        return true;
    }

    public bool SkipIncident(string incidentId, string? outcome, string by, string reason)
    {
        if (TakeIncident(incidentId) is not { } c) return false;
        Emit(c, new IncidentResolved(incidentId, true, reason));
        Log(c, "Skipped").PayloadValues = Decision(by, reason);
        c.Status = ActivityStatus.Running;
        Complete(c, outcome is null ? [] : [outcome]);
        Run();
        return true;
    }

    private ActivityExecutionContext? TakeIncident(string incidentId)
    {
        if (_bookmarks.Count == 0 && _incidents.Count == 0 && Find(incidentId) is { Status: ActivityStatus.Running } stuck) return stuck;
        var incident = _incidents.Find(i => i.Id == incidentId);
        var c = incident is null ? null : Find(incident.ActivityInstanceId);
        if (c is not { Status: ActivityStatus.Faulted }) return null;
        _incidents.Remove(incident!);
        for (var p = c; p is not null; p = p.Parent) p.FaultCount--;
        Status = WorkflowStatus.Running;
        SubStatus = WorkflowSubStatus.Executing;
        return c;
    }

    private void DropIncidentsOf(ActivityExecutionContext c)
    {
        if (c.FaultCount == 0) return;
        var dropped = _incidents.FindAll(i => i.ActivityInstanceId == c.ActivityInstanceId);
        foreach (var incident in dropped)
        {
            _incidents.Remove(incident);
            Emit(c, new IncidentDropped(incident.Id));
        }

        for (var p = c; p is not null && dropped.Count > 0; p = p.Parent) p.FaultCount -= dropped.Count;
    }

    private static Dictionary<string, object?> Decision(string by, string reason) => new(StringComparer.Ordinal) { ["By"] = by, ["Reason"] = reason };

    private void SetFinished(WorkflowSubStatus subStatus)
    {
        Status = WorkflowStatus.Finished;
        SubStatus = subStatus;
    }

    private void CancelChildren(ActivityExecutionContext c, bool purge)
    {
        if (purge && c.ScheduledCount > 0) Purge(c);
        if (c.LiveChildren is not { Count: > 0 } children) return;
        for (var i = children.Count - 1; i >= 0; i--)
        {
            if (i < children.Count) Cancel(children[i], purge);
        }
    }

    private void Purge(ActivityExecutionContext owner)
    {
        for (var n = _queue.Count; n > 0; n--)
        {
            var item = _queue.Dequeue();
            if (!ReferenceEquals(item.Owner, owner)) _queue.Enqueue(item);
        }

        owner.ScheduledCount = 0;
    }

    /// <summary>The step that the run stands in: the last of those that run.</summary>
    private static ActivityExecutionContext? Innermost(ActivityExecutionContext? c)
    {
        while (c?.LiveChildren?.FindLast(child => child.Status == ActivityStatus.Running) is { } inner) c = inner;
        return c;
    }

    private ActivityExecutionContext? Find(string activityInstanceId) => Root is null ? null : Find(Root, activityInstanceId);

    private static ActivityExecutionContext? Find(ActivityExecutionContext c, string id)
    {
        if (c.ActivityInstanceId == id) return c;
        if (c.LiveChildren is null) return null;
        foreach (var child in c.LiveChildren)
        {
            if (Find(child, id) is { } found) return found;
        }

        return null;
    }
}
