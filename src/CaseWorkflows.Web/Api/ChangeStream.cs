using System.Threading.Channels;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Runtime;
using Microsoft.AspNetCore.Http;

namespace CaseWorkflows.Web.Api;

/// <summary>Spreads "something changed" to the open event streams of this host.</summary>
internal sealed class ChangeStream : IDisposable
{
    // Something now and then keeps proxies from closing the stream, and tells the page that it still stands.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Who has one of these for a unit reads its cases. When something happens in a case is its routine's to choose, and could spell what the case says: those
    /// who see cases without their text see changes when they look again.
    /// </summary>
    private static readonly string[] Telling = [Permissions.CaseReadUnit, Permissions.CaseDistribute];

    private readonly Lock _lock = new();
    private readonly Dictionary<Channel<string>, Actor> _readers = [];
    private readonly List<IDisposable> _subscriptions = [];

    public ChangeStream(IHostSignals signals)
    {
        foreach (var topic in ChangeTopics.All) _subscriptions.Add(signals.Subscribe(topic, text => Spread(topic, ChangeTopics.UnitsOf(text))));
    }

    /// <param name="reader">Hears of the units whose cases or tasks they see.</param>
    public async Task WriteToAsync(HttpResponse response, Actor reader, CancellationToken ct)
    {
        // A slow reader loses nothing by losing repeats: each event only says "look again".
        var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock) _readers.Add(channel, reader);
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

    private void Spread(string topic, string[] units)
    {
        lock (_lock)
            foreach (var (channel, reader) in _readers)
                if (units.Length == 0 || units.Any(u => Sees(reader, u))) channel.Writer.TryWrite(topic);
    }

    private static bool Sees(Actor reader, string unit) => reader.WorkUnits.Contains(unit) || Telling.Any(p => reader.May(p, unit));
}
