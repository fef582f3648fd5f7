namespace CaseWorkflows.Runtime;

/// <summary>Instances, what they did and what they hold, for reading. Never reads a state to make a list.</summary>
public interface IInstanceReader
{
    Task<InstancePage> ListAsync(InstanceFilter filter, InstanceOrder order, int skip, int take, CancellationToken ct = default);

    Task<long> CountAsync(InstanceFilter filter, CancellationToken ct = default);

    /// <summary>With its state (variables, bookmarks, incidents), or null.</summary>
    Task<InstanceDetail?> FindAsync(Guid id, CancellationToken ct = default);

    /// <summary>Journal entries in order; one whose data was removed by rule has <see cref="JournalRecord.DataRemoved"/>.</summary>
    Task<IReadOnlyList<JournalRecord>> JournalAsync(Guid instanceId, int skip = 0, int take = int.MaxValue, CancellationToken ct = default);

    /// <summary>The entry of a step's newest execution, or null.</summary>
    Task<JournalRecord?> LastEntryAsync(Guid instanceId, string activityNodeId, CancellationToken ct = default);

    /// <summary>Executions of steps, in the order they began; put together from the journal.</summary>
    Task<IReadOnlyList<ActivityExecutionRecord>> ExecutionsAsync(Guid instanceId, string? activityNodeId = null, CancellationToken ct = default);

    /// <summary>Incidents, newest first; of one instance or (null) all that are open.</summary>
    Task<IReadOnlyList<IncidentRecord>> IncidentsAsync(Guid? instanceId, bool openOnly, int take = 200, CancellationToken ct = default);

    /// <summary>What waits in the queue for the instance: timers and jobs with their due times.</summary>
    Task<IReadOnlyList<PendingItem>> PendingAsync(Guid instanceId, CancellationToken ct = default);

    /// <summary>Where a waiting bookmark with this name and key is, or null; the first of several.</summary>
    Task<(Guid InstanceId, string BookmarkId)?> FindBookmarkAsync(string name, string key, CancellationToken ct = default);
}
