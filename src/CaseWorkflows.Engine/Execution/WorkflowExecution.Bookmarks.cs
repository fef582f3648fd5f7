using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <content>What is waited for: bookmarks and children.</content>
internal sealed partial class WorkflowExecution
{
    private readonly List<LiveBookmark> _bookmarks = [];
    private readonly List<ChildLink> _childLinks = [];

    public bool Resume(string bookmarkId, object? input)
    {
        var live = _bookmarks.Find(b => b.Bookmark.Id == bookmarkId);
        if (live is null) return false;
        var c = live.Owner;
        if (Environment.Revision is { } revision)
        {
            if (revision.IsSpent) return true;
            revision.Note(c);
        }

        if (!live.Quiet) Log(c, "Resumed");
        live.Resuming = true;
        if (input is ChildResult child) _childLinks.RemoveAll(l => l.ChildId == child.ChildInstanceId);
        Guarded(c, (live, input), static (c, a) => c.Activity.Resume(c, a.live.Bookmark, a.input));
        live.Resuming = false;
        if (c.Status != ActivityStatus.Faulted && live.Bookmark.AutoBurn && _bookmarks.Contains(live)) Burn(live, BurnReason.Resumed);
        if (c.Status == ActivityStatus.Running && c.BookmarkCount > 0 && HasLoudBookmark(c)) Log(c, "Suspended");
        Run();
        return true;
    }

    /// <summary>The job behind the bookmark failed its last try.</summary>
    public bool FailJob(string bookmarkId, string message)
    {
        var live = _bookmarks.Find(b => b.Bookmark.Id == bookmarkId);
        if (live is null) return false;
        Fault(live.Owner, message, null, mayEndWorkflow: false);
        return true;
    }

    public Bookmark CreateBookmark(ActivityExecutionContext c, string name, string? key, object? payload, bool autoBurn, bool quiet)
    {
        var bookmark = new Bookmark(IdOf(NextNumber++), name, c.Node.NodeId, c.Activity.Id, c.ActivityInstanceId, key, Values.ToJson(payload), autoBurn);
        _bookmarks.Add(new LiveBookmark(bookmark, c, quiet));
        c.BookmarkCount++;
        Emit(c, new BookmarkCreated(bookmark));
        return bookmark;
    }

    public void BurnBookmark(ActivityExecutionContext c, string id)
    {
        if (_bookmarks.Find(b => b.Bookmark.Id == id && ReferenceEquals(b.Owner, c)) is { } live) Burn(live, live.Resuming ? BurnReason.Resumed : BurnReason.Cancelled);
    }

    public IReadOnlyList<Bookmark> BookmarksOf(ActivityExecutionContext c) => [.. _bookmarks.Where(b => ReferenceEquals(b.Owner, c)).Select(b => b.Bookmark)];

    public void LinkChild(ActivityExecutionContext c, Guid childId, string? waitBookmarkId) => _childLinks.Add(new ChildLink(childId, waitBookmarkId, c.Number));

    private bool HasBookmarkAt(GraphNode node)
    {
        foreach (var b in _bookmarks)
        {
            if (ReferenceEquals(b.Owner.Node, node) && !b.Quiet) return true;
        }

        return false;
    }

    private bool HasLoudBookmark(ActivityExecutionContext c)
    {
        foreach (var b in _bookmarks)
        {
            if (ReferenceEquals(b.Owner, c) && !b.Quiet) return true;
        }

        return false;
    }

    private void BurnAll(ActivityExecutionContext c, BurnReason reason)
    {
        if (c.BookmarkCount == 0) return;
        for (var i = _bookmarks.Count - 1; i >= 0; i--)
        {
            if (i < _bookmarks.Count && ReferenceEquals(_bookmarks[i].Owner, c)) Burn(_bookmarks[i], _bookmarks[i].Resuming ? BurnReason.Resumed : reason);
        }
    }

    private void BurnEverything(BurnReason reason)
    {
        for (var i = _bookmarks.Count - 1; i >= 0; i--) Burn(_bookmarks[i], _bookmarks[i].Resuming ? BurnReason.Resumed : reason);
    }

    private void Burn(LiveBookmark live, BurnReason reason)
    {
        if (!_bookmarks.Remove(live)) return;
        live.Owner.BookmarkCount--;
        Emit(live.Owner, new BookmarkBurned(live.Bookmark, reason));
        if (reason == BurnReason.Cancelled) CancelChildInstances(live.Bookmark.Id);
        else _childLinks.RemoveAll(l => l.BookmarkId == live.Bookmark.Id);
    }

    /// <param name="bookmarkId">Children this bookmark waits for, or null for every child.</param>
    private void CancelChildInstances(string? bookmarkId)
    {
        for (var i = _childLinks.Count - 1; i >= 0; i--)
        {
            var link = _childLinks[i];
            if (bookmarkId is not null && link.BookmarkId != bookmarkId) continue;
            _childLinks.RemoveAt(i);
            Emit(Root!, new ChildCancelled(link.ChildId));
        }
    }

    internal sealed record ChildLink(Guid ChildId, string? BookmarkId, long Owner);

    internal sealed class LiveBookmark(Bookmark bookmark, ActivityExecutionContext owner, bool quiet)
    {
        public Bookmark Bookmark { get; } = bookmark;

        public ActivityExecutionContext Owner { get; } = owner;

        /// <summary>Not told in the journal: the step reads as one that ran through, as ExecuteWorkflow does in Elsa.</summary>
        public bool Quiet { get; } = quiet;

        public bool Resuming { get; set; }
    }
}
