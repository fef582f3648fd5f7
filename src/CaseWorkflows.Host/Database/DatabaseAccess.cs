using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.EmbeddedPostgres;
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
            var source = Build(connectionString, loggers);
            await WaitForServerAsync(source, loggers.CreateLogger("CaseWorkflows.Database"), ct);
            return new DatabaseAccess(null, source);
        }

        var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = settings.DataDirectory }, ct);
        try
        {
            await server.EnsureDatabaseAsync(DatabaseName, ct);
            return new DatabaseAccess(server, Build(server.ConnectionString(DatabaseName), loggers));
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

    private static NpgsqlDataSource Build(string connectionString, ILoggerFactory loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { Name = "CaseWorkflows" };
        var given = builder.ConnectionStringBuilder;
        // Defaults for short hot statements; a connection string that names them keeps its own.
        if (!given.ShouldSerialize("Max Auto Prepare")) given.MaxAutoPrepare = 200;
        if (!given.ShouldSerialize("Auto Prepare Min Usages")) given.AutoPrepareMinUsages = 2;
        if (!given.ShouldSerialize("No Reset On Close")) given.NoResetOnClose = true;   // no session state is ever left behind
        if (!given.ShouldSerialize("Application Name")) given.ApplicationName = "CaseWorkflows";
        builder.UseLoggerFactory(loggers);
        return builder.Build();
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
