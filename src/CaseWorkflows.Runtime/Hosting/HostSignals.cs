using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Signals between hosts by LISTEN and NOTIFY on connections of their own. What is sent within a few milliseconds goes as one statement:
/// a NOTIFY per commit takes a database-wide lock and would throttle every burst.
/// </summary>
internal sealed class HostSignals : BackgroundService, IHostSignals
{
    private const string Channel = "caseworkflows";
    private const string QueueTopic = "queue";
    private const int MaxBytes = 7000;
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(20);
    private readonly NpgsqlDataSource _data;
    private readonly QueueWake _wake;
    private readonly ILogger<HostSignals> _log;
    private readonly string _host = Guid.CreateVersion7().ToString("N");
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Guid, Action<string?>>> _subscribers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Topic, string Text), byte> _waiting = new();
    private readonly SemaphoreSlim _toSend = new(0, 1);

    public HostSignals(NpgsqlDataSource data, QueueWake wake, ILogger<HostSignals> log)
    {
        _data = data;
        _wake = wake;
        _log = log;
        _wake.OthersWanted += () => Enqueue(QueueTopic, "");
    }

    public void Send(string topic, string text = "")
    {
        Tell(topic, text);
        Enqueue(topic, text);
    }

    public IDisposable Subscribe(string topic, Action<string?> changed)
    {
        var id = Guid.NewGuid();
        var list = _subscribers.GetOrAdd(topic, _ => new ConcurrentDictionary<Guid, Action<string?>>());
        list[id] = changed;
        return new Subscription(() => list.TryRemove(id, out _));
    }

    public override void Dispose()
    {
        _toSend.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(ListenAsync, stoppingToken),
        RepeatAsync(SendAsync, stoppingToken));

    private async Task RepeatAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _log.LogDebug(e, "Signals between hosts are interrupted; polling goes on");
                await Task.Delay(1000, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var c = await _data.OpenOwnConnectionAsync(ct);
        c.Notification += (_, e) => Received(e.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", c)) await listen.ExecuteNonQueryAsync(ct);

        // Whatever was said while nobody listened is lost.
        foreach (var topic in _subscribers.Keys) Tell(topic, null);
        _wake.Signal();
        while (true) await c.WaitAsync(ct);
    }

    private async Task SendAsync(CancellationToken ct)
    {
        while (true)
        {
            await _toSend.WaitAsync(ct);
            await Task.Delay(Coalesce, ct);
            var taken = _waiting.Keys.Where(k => _waiting.TryRemove(k, out _)).ToList();
            await using var c = await _data.OpenConnectionAsync(ct);
            foreach (var message in Messages(taken))
            {
                await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", c) { Parameters = { new() { Value = Channel }, new() { Value = message } } };
                await notify.ExecuteNonQueryAsync(ct);
            }
        }
    }

    private IEnumerable<string> Messages(List<(string Topic, string Text)> taken)
    {
        var part = new List<string[]>();
        var size = 0;
        foreach (var (topic, text) in taken)
        {
            part.Add([topic, text]);
            size += topic.Length + (2 * text.Length) + 8;
            if (size < MaxBytes / 2) continue;
            yield return JsonSerializer.Serialize(new Envelope(_host, part));
            part = [];
            size = 0;
        }

        if (part.Count > 0) yield return JsonSerializer.Serialize(new Envelope(_host, part));
    }

    private void Received(string payload)
    {
        try
        {
            if (JsonSerializer.Deserialize<Envelope>(payload) is not { } e || e.Host == _host) return;
            foreach (var pair in e.Signals)
            {
                if (pair[0] == QueueTopic) _wake.Signal();
                else Tell(pair[0], pair[1]);
            }
        }
        catch (JsonException x)
        {
            _log.LogWarning(x, "A signal between hosts could not be read");
        }
    }

    private void Enqueue(string topic, string text)
    {
        if (!_waiting.TryAdd((topic, text), 0)) return;
        try
        {
            if (_toSend.CurrentCount == 0) _toSend.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Already told, or stopping.
        }
    }

    private void Tell(string topic, string? text)
    {
        if (!_subscribers.TryGetValue(topic, out var list)) return;
        foreach (var changed in list.Values)
        {
            try
            {
                changed(text);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _log.LogError(e, "A subscriber of {Topic} failed", topic);
            }
        }
    }

    private sealed record Envelope(string Host, List<string[]> Signals);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
