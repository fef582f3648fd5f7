using System.Collections.Concurrent;
using System.Threading.Channels;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>
/// Event streams and hub connections outlive the request that was checked. They are closed when their session ends: at once when a host
/// says that some have, and at the latest within half a minute (an expired one, a word that was lost, an employment that is over).
/// </summary>
public sealed class OpenConnections(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals, ILogger<OpenConnections> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Connection> _open = new();
    private readonly Channel<bool> _look = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Calls <paramref name="close"/> when the session has ended, until what is given back is disposed.</summary>
    public IDisposable Add(Guid session, Action close)
    {
        var connection = new Connection(this, Guid.NewGuid(), session, close);
        _open[connection.Id] = connection;
        _look.Writer.TryWrite(true);   // it may have ended since the request was checked
        return connection;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(Sessions.EndedTopic, _ => _look.Writer.TryWrite(true));
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            if (_open.IsEmpty || stoppingToken.IsCancellationRequested) continue;
            try
            {
                await CloseEndedAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Open connections could not be checked: {Reason}", error.GetBaseException().Message);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(LookEvery);
        try
        {
            await _look.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task CloseEndedAsync(CancellationToken ct)
    {
        var open = _open.Values.ToList();
        var alive = new Dictionary<Guid, string>();
        await using (var command = database.CreateCommand($"SELECT s.id, s.person_id FROM {Sessions.Alive} WHERE s.id = ANY($1)").With(Sql.Value(open.Select(c => c.Session).Distinct())))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) alive[reader.GetGuid(0)] = reader.GetString(1);
        }

        var working = await contexts.WorkingAsync(alive.Values.Distinct(), ct);

        foreach (var connection in open.Where(c => !alive.TryGetValue(c.Session, out var person) || !working.Contains(person)))
        {
            connection.Dispose();
            connection.Close();
        }
    }

    private sealed record Connection(OpenConnections Owner, Guid Id, Guid Session, Action Close) : IDisposable
    {
        public void Dispose() => Owner._open.TryRemove(Id, out _);
    }
}
