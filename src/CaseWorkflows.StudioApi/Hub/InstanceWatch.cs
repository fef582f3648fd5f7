using System.Collections.Concurrent;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Rights;
using Npgsql;

namespace CaseWorkflows.StudioApi.Hub;

/// <summary>
/// Which instances somebody looks at, on this host or another. Only for those does a commit send a word to the hosts, so an instance
/// that nobody watches costs one look in a dictionary.
/// </summary>
internal sealed class InstanceWatch : IBurstParticipant, IDisposable
{
    public const string ChangedTopic = "studio-instance";
    private const string WatchTopic = "studio-watch";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IHostSignals _signals;
    private readonly TimeProvider _machine;
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _anywhere = new();
    private readonly ConcurrentDictionary<string, (Guid Instance, RoutineAccess Access)> _here = new();
    private readonly IDisposable _subscription;

    public InstanceWatch(IHostSignals signals, TimeProvider machine)
    {
        _signals = signals;
        _machine = machine;
        _subscription = signals.Subscribe(WatchTopic, text =>
        {
            if (Guid.TryParse(text, out var id)) _anywhere[id] = _machine.GetUtcNow() + Lifetime;
        });
    }

    /// <summary>The instances with a viewer on this host.</summary>
    public IReadOnlyCollection<Guid> Here => [.. _here.Values.Select(v => v.Instance).Distinct()];

    /// <summary>Who looks at the instance on this host.</summary>
    public IReadOnlyList<(string Connection, RoutineAccess Access)> ViewersOf(Guid instanceId) =>
        [.. _here.Where(v => v.Value.Instance == instanceId).Select(v => (v.Key, v.Value.Access))];

    public void Begin(string connectionId, Guid instanceId, RoutineAccess access)
    {
        _here[connectionId] = (instanceId, access);
        _anywhere[instanceId] = _machine.GetUtcNow() + Lifetime;
        _signals.Send(WatchTopic, instanceId.ToString());
    }

    public void End(string connectionId) => _here.TryRemove(connectionId, out _);

    /// <summary>Tells the hosts again what is watched here, and forgets what nobody has asked for lately.</summary>
    public void Renew()
    {
        foreach (var id in Here) _signals.Send(WatchTopic, id.ToString());
        var now = _machine.GetUtcNow();
        foreach (var (id, until) in _anywhere)
        {
            if (until < now) _anywhere.TryRemove(id, out _);
        }
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
    }

    public void Committed(BurstScope scope)
    {
        if (_anywhere.ContainsKey(scope.InstanceId)) _signals.Send(ChangedTopic, scope.InstanceId.ToString());
    }

    public void Dispose() => _subscription.Dispose();
}
