namespace CaseWorkflows.Runtime;

/// <summary>Tells this host's pump, and through it the others', that there is work to look at.</summary>
internal sealed class QueueWake : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Raised when other hosts should look too.</summary>
    public event Action? OthersWanted;

    /// <summary>After a commit. What the caller settles itself needs nobody.</summary>
    public void Added(List<QueueItem> items, DateTimeOffset now)
    {
        foreach (var i in items)
        {
            if (!i.IsOutside && i.Due <= now && i.Root is not null) continue;
            Signal();
            OthersWanted?.Invoke();
            return;
        }
    }

    public void Signal()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two at once: one signal is enough.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);

    public void Dispose() => _signal.Dispose();
}
