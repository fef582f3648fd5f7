namespace CaseWorkflows.Runtime;

/// <summary>
/// Tells all hosts on the database that something changed ("drop your cache", "let the page fetch again"). At least once while connected,
/// never durable: whoever was away must assume a change. Carry ids, no personal data.
/// </summary>
public interface IHostSignals
{
    /// <summary>Reaches this host's subscribers at once, other hosts within some tens of milliseconds. Never blocks, never part of a transaction.</summary>
    void Send(string topic, string text = "");

    /// <summary>Runs on a background thread; must be quick and not throw. The text is null after a lost connection: assume anything changed.</summary>
    IDisposable Subscribe(string topic, Action<string?> changed);
}
