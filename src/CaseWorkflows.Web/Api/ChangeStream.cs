using System.Threading.Channels;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Runtime;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Api;

/// <summary>Spreads "something changed" to the open event streams of this host.</summary>
internal sealed class ChangeStream : IDisposable
{
    // Something now and then keeps proxies from closing the stream, and tells the page that it still stands.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<string>> _readers = [];
    private readonly List<IDisposable> _subscriptions = [];

    public ChangeStream(IHostSignals signals)
    {
        foreach (var topic in ChangeTopics.All) _subscriptions.Add(signals.Subscribe(topic, _ => Spread(topic)));
    }

    public async Task WriteToAsync(HttpResponse response, CancellationToken ct)
    {
        // A slow reader loses nothing by losing repeats: each event only says "look again".
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock) _readers.Add(channel);
        try
        {
            await response.WriteAsync("retry: 2000\n\n", ct);
            await response.Body.FlushAsync(ct);
            while (!ct.IsCancellationRequested)
            {
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(ct);
                wait.CancelAfter(KeepAlive);
                try
                {
                    var topic = await channel.Reader.ReadAsync(wait.Token);
                    await response.WriteAsync($"event: changed\ndata: {{\"topic\":\"{topic}\"}}\n\n", ct);
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    await response.WriteAsync("event: ping\ndata: {}\n\n", ct);
                }

                await response.Body.FlushAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        finally
        {
            lock (_lock) _readers.Remove(channel);
        }
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }

    private void Spread(string topic)
    {
        lock (_lock)
            foreach (var reader in _readers) reader.Writer.TryWrite(topic);
    }
}
