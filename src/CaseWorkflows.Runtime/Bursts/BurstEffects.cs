using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>The effects of one burst, sorted into what is to be written. What was made and undone in the same burst is left out.</summary>
internal sealed class BurstEffects
{
    private readonly HashSet<string> _burned = new(StringComparer.Ordinal);

    public Dictionary<string, Bookmark> Created { get; } = new(StringComparer.Ordinal);

    /// <summary>Bookmarks of earlier bursts that are gone.</summary>
    public List<string> Burned { get; } = [];

    public List<IncidentRaised> Incidents { get; } = [];

    public List<IncidentResolved> Resolved { get; } = [];

    /// <summary>Their steps were cancelled: nothing is left to mend.</summary>
    public List<IncidentDropped> Dropped { get; } = [];

    public bool ArmsQueue { get; private set; }

    public static BurstEffects Sort(BurstScope scope, InstanceRow row)
    {
        var sorted = new BurstEffects();
        var effects = scope.Result.Effects;
        foreach (var e in effects)
        {
            if (e is BookmarkCreated c) sorted.Created[c.Bookmark.Id] = c.Bookmark;
            if (e is not BookmarkBurned b) continue;
            sorted._burned.Add(b.Bookmark.Id);
            if (!sorted.Created.Remove(b.Bookmark.Id)) sorted.Burned.Add(b.Bookmark.Id);
        }

        var cancelled = effects.OfType<ChildCancelled>().Select(c => c.ChildInstanceId).ToHashSet();
        var started = effects.OfType<ChildStarted>().Select(c => c.ChildInstanceId).ToHashSet();
        foreach (var e in effects) sorted.Enqueue(e, scope, row, started, cancelled);
        return sorted;
    }

    private void Enqueue(Effect effect, BurstScope scope, InstanceRow row, HashSet<Guid> started, HashSet<Guid> cancelled)
    {
        var queue = scope.Queue;
        switch (effect)
        {
            case TimerArmed t when !_burned.Contains(t.BookmarkId):
                ArmsQueue = true;
                queue.Add(Item(scope, QueueKind.Timer, t.Due) with { InstanceId = scope.InstanceId, BookmarkId = t.BookmarkId }, scope.Now);
                break;
            case JobRequested j when !_burned.Contains(j.BookmarkId):
                ArmsQueue = true;
                queue.Add(
                    Item(scope, QueueKind.Job, scope.Now) with
                    {
                        InstanceId = scope.InstanceId,
                        BookmarkId = j.BookmarkId,
                        Payload = QueuePayloads.Write(new QueuePayloads.Job(
                            j.NodeId, j.JobType, j.IdempotencyKey, j.Input.Count == 0 ? null : Values.ToJsonObject(j.Input),
                            new(j.RetryPolicy.MaxAttempts, j.RetryPolicy.FirstDelay.TotalSeconds, j.RetryPolicy.MaxDelay.TotalSeconds, j.RetryPolicy.TimeLimit.TotalSeconds))),
                    },
                    scope.Now);
                break;
            case ChildStarted c when !cancelled.Contains(c.ChildInstanceId):
                queue.Add(QueueWrites.StartItem(Child(c, scope, row), scope.Now), scope.Now);
                scope.RunsCounted++;
                break;
            case ChildCancelled c when !started.Contains(c.ChildInstanceId):
                queue.Add(Item(scope, QueueKind.Cancel, scope.Now) with { InstanceId = c.ChildInstanceId }, scope.Now);
                break;
            case EventPublished e:
                queue.AddEvent(scope, new PublishEvent
                {
                    Name = e.Name,
                    CorrelationId = e.CorrelationId,
                    InstanceId = e.LocalToInstance ? scope.InstanceId : null,
                    Payload = e.Payload,
                    StartTriggers = !e.LocalToInstance,
                }, e.Depth);
                break;
            case IncidentRaised i:
                Incidents.Add(i);
                break;
            case IncidentResolved r:
                Resolved.Add(r);
                break;
            case IncidentDropped d:
                Dropped.Add(d);
                break;
        }
    }

    /// <summary>Tells the parent that waits for this instance what it came to.</summary>
    public static void ReportToParent(BurstScope scope, InstanceRow row)
    {
        if (row.ParentId is not { } parent || row.ParentBookmarkId is null) return;
        var s = scope.Result.State;
        var child = new QueuePayloads.Child(scope.InstanceId, s.Status.ToString(), s.SubStatus.ToString(), s.Output.Count == 0 ? null : Values.ToJsonObject(s.Output));
        scope.Queue.Add(
            Item(scope, QueueKind.Resume, scope.Now) with
            {
                InstanceId = parent,
                BookmarkId = row.ParentBookmarkId,
                Payload = QueuePayloads.Write(new QueuePayloads.Resume(null, child, false, scope.Origin)),
            },
            scope.Now);
    }

    private static QueueItem Item(BurstScope scope, QueueKind kind, DateTimeOffset due) =>
        new() { Kind = kind, Due = due, Region = scope.Region, Trial = scope.Trial };

    private static StartWorkflow Child(ChildStarted c, BurstScope scope, InstanceRow row) => new()
    {
        DefinitionId = c.DefinitionId,
        InstanceId = c.ChildInstanceId,
        CorrelationId = c.CorrelationId,
        CaseId = c.InheritCase ? scope.CaseId : null,
        Region = scope.Region,
        Trial = scope.Trial,
        TrialRoot = scope.TrialRoot,
        Input = c.Input,
        Depth = c.Depth,
        Family = scope.Family,
        Origin = scope.Origin,
        ParentInstanceId = scope.InstanceId,
        ParentBookmarkId = c.WaitBookmarkId,
        Name = row.NameAfter(scope.Result.State),   // lists show what a sub-routine belongs to
    };
}
