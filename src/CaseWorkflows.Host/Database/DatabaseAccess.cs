using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Host.Database;

/// <summary>The database of this host: the embedded server, or the one that the connection string names.</summary>
internal sealed class DatabaseAccess : IAsyncDisposable
{
    internal const string DatabaseName = "caseworkflows";

    private readonly PostgresServer? _embedded;

    private DatabaseAccess(PostgresServer? embedded, NpgsqlDataSource source)
    {
        _embedded = embedded;
        Source = source;
    }

    public NpgsqlDataSource Source { get; }

    public string Description => _embedded is null ? "the PostgreSQL server in ConnectionStrings:CaseWorkflows"
        : (_embedded.Adopted ? "an embedded PostgreSQL that was still running, in " : "an embedded PostgreSQL in ") + _embedded.Home;

    /// <summary>Starts the embedded server, or waits for the server named.</summary>
    public static async Task<DatabaseAccess> OpenAsync(HostSettings settings, ILoggerFactory loggers, CancellationToken ct)
    {
        if (settings.ConnectionString is { } connectionString)
        {
            var source = WorkflowDatabase.Open(connectionString, loggers);
            await WaitForServerAsync(source, loggers.CreateLogger("CaseWorkflows.Database"), ct);
            return new DatabaseAccess(null, source);
        }

        var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = settings.DataDirectory }, ct);
        try
        {
            await server.EnsureDatabaseAsync(DatabaseName, ct);
            return new DatabaseAccess(server, WorkflowDatabase.Open(server.ConnectionString(DatabaseName), loggers));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (_embedded is not null) await _embedded.DisposeAsync();
    }

    private static async Task WaitForServerAsync(NpgsqlDataSource source, ILogger log, CancellationToken ct)
    {
        for (var until = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(1000, ct))
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException { SqlState: not "57P03" })
            {
                // A wrong password or database name is told at once; a server that is still starting is waited for.
                if (DateTime.UtcNow > until)
                    throw new HostConfigurationException($"The PostgreSQL server in ConnectionStrings:CaseWorkflows cannot be reached: {e.Message}", e);
                log.LogWarning("The PostgreSQL server cannot be reached yet: {Reason}", e.Message);
            }
            catch (PostgresException e)
            {
                throw new HostConfigurationException($"The PostgreSQL server in ConnectionStrings:CaseWorkflows refuses: {e.MessageText}", e);
            }
        }
    }
}
