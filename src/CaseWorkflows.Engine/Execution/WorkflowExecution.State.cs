using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <content>From the stored state to the working memory and back.</content>
internal sealed partial class WorkflowExecution
{
    private const string StuckText =
        "Rutinen har stannat: den väntar varken på någon, på något eller på en tid, och kommer inte vidare av sig själv. "
        + "Hoppa över avslutar flödet där det står, Försök igen börjar om det från början.";

    public static WorkflowExecution Load(WorkflowGraph graph, WorkflowState s, BurstEnvironment environment)
    {
        var w = new WorkflowExecution(graph, s.InstanceId, environment)
        {
            CorrelationId = s.CorrelationId,
            Name = s.Name,
            Input = s.Input,
            Output = new Dictionary<string, object?>(s.Output, StringComparer.Ordinal),
            Sequence = s.NextSequence,
            NextNumber = s.NextId,
            CreatedAt = s.CreatedAt,
            Status = s.Status,
            SubStatus = s.SubStatus,
            TriggerUsed = true,
        };
        w._incidents.AddRange(s.Incidents);
        w._childLinks.AddRange(s.ChildLinks);
        if (s.KeptOutputs is not null) w.Outputs.Load(s.KeptOutputs);
        var byNumber = new Dictionary<long, ActivityExecutionContext>();
        foreach (var a in s.Activities) byNumber[a.Number] = w.Restore(a, byNumber);
        var byId = s.Bookmarks.Count == 0 ? [] : byNumber.Values.ToDictionary(c => c.ActivityInstanceId, StringComparer.Ordinal);
        foreach (var b in s.Bookmarks)
        {
            if (!byId.TryGetValue(b.ActivityInstanceId, out var owner)) continue;
            owner.BookmarkCount++;
            w._bookmarks.Add(new LiveBookmark(b, owner, s.QuietBookmarks.Contains(b.Id)));
        }

        foreach (var q in s.Scheduled)
        {
            if (!byNumber.TryGetValue(q.Owner, out var owner)) continue;
            w.Schedule(owner, graph.FindOrMissing(q.NodeId), q.Tag, q.Variables);
        }

        return w;
    }

    public BurstResult Result()
    {
        TellIfStuck();
        if (Status == WorkflowStatus.Running) SubStatus = WorkflowSubStatus.Suspended;
        else if (SubStatus != WorkflowSubStatus.Faulted) CloseDown();
        var finished = Status == WorkflowStatus.Finished;
        var keep = !finished || SubStatus == WorkflowSubStatus.Faulted;
        var activities = new List<ActivityState>();
        if (Root is not null) Store(Root, keep, activities);
        return new BurstResult(BurstDisposition.Ran, new WorkflowState
        {
            InstanceId = InstanceId,
            DefinitionId = Graph.Definition.DefinitionId,
            DefinitionVersionId = Graph.Definition.Id,
            DefinitionVersion = Graph.Definition.Version,
            Status = Status,
            SubStatus = SubStatus,
            CorrelationId = CorrelationId,
            Name = Name,
            Input = Input,
            Output = Output,
            Bookmarks = _bookmarks.Count == 0 ? [] : [.. _bookmarks.Select(b => b.Bookmark)],
            QuietBookmarks = _bookmarks.Count == 0 ? [] : [.. _bookmarks.Where(b => b.Quiet).Select(b => b.Bookmark.Id)],
            Incidents = _incidents.Count == 0 ? [] : [.. _incidents],
            Activities = activities,
            ChildLinks = keep && _childLinks.Count > 0 ? [.. _childLinks] : [],
            Scheduled = keep && _queue.Count > 0 ? [.. _queue.Where(q => q.Owner is not null).Select(q => new ScheduledState(q.Node.NodeId, q.Owner!.Number, q.Tag, q.Variables))] : [],
            KeptOutputs = keep ? Outputs.Stored?.ToDictionary() : null,
            NextSequence = Sequence,
            NextId = NextNumber,
            CreatedAt = CreatedAt,
            UpdatedAt = Environment.Now,
            FinishedAt = finished ? Environment.Now : null,
        }, _effects, _journal);
    }

    /// <summary>
    /// A run that has not ended and waits for nothing goes on never. That is no fault of a step, so nothing of the state changes; but people
    /// have to be told. The incident is named after the innermost step, which can be run again or ended.
    /// </summary>
    private void TellIfStuck()
    {
        if (Halted || Status != WorkflowStatus.Running || _bookmarks.Count > 0 || _incidents.Count > 0 || _queue.Count > 0 || Innermost(Root) is not { } c) return;
        Emit(c, new IncidentRaised(new Incident(c.ActivityInstanceId, c.Activity.Id, c.Node.NodeId, c.ActivityInstanceId, c.Activity.TypeName, StuckText, null, Environment.Now)));
    }

    /// <summary>A finished workflow waits for nothing, whatever was made on the way out.</summary>
    private void CloseDown()
    {
        if (_bookmarks.Count > 0) BurnEverything(BurnReason.Cancelled);
        _incidents.Clear();
        _queue.Clear();
    }

    private ActivityExecutionContext Restore(ActivityState a, Dictionary<long, ActivityExecutionContext> byNumber)
    {
        var parent = a.ParentNumber is { } p ? byNumber.GetValueOrDefault(p) : null;
        var node = Graph.FindOrMissing(a.NodeId);
        var c = new ActivityExecutionContext(this, node, parent, a.Number)
        {
            Status = a.Status,
            StartedAt = a.StartedAt,
            Tag = a.Tag,
            Counter = a.Counter,
            Breaking = a.Breaking,
            FaultCount = a.FaultCount,
            PendingOutcomes = a.PendingOutcomes,
            Flow = a.Flow?.Clone(),
            Variables = a.Variables.Count > 0 ? new Dictionary<string, object?>(a.Variables, StringComparer.Ordinal) : null,
        };
        c.DeclareMissingVariables();
        c.State.Load(a.Data);
        if (parent is not null) (parent.LiveChildren ??= []).Add(c);
        else Root = c;
        return c;
    }

    private static void Store(ActivityExecutionContext c, bool keepChildren, List<ActivityState> into)
    {
        into.Add(c.ToState());
        if (!keepChildren || c.LiveChildren is null) return;
        foreach (var child in c.LiveChildren) Store(child, true, into);
    }
}
