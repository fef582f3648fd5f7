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

    private readonly string? _migrations;

    private DatabaseAccess(PostgresServer? embedded, NpgsqlDataSource source, string? migrations)
    {
        _embedded = embedded;
        Source = source;
        _migrations = migrations;
    }

    /// <summary>The connections of the role that answers calls.</summary>
    public NpgsqlDataSource Source { get; }

    public string Description => _embedded is null ? "the PostgreSQL server in ConnectionStrings:CaseWorkflows"
        : (_embedded.Adopted ? "an embedded PostgreSQL that was still running, in " : "an embedded PostgreSQL in ") + _embedded.Home;

    /// <summary>Starts the embedded server, or waits for the server named.</summary>
    public static async Task<DatabaseAccess> OpenAsync(HostSettings settings, ILoggerFactory loggers, CancellationToken ct)
    {
        if (settings.ConnectionString is { } connectionString)
        {
            var source = WorkflowDatabase.Open(connectionString, loggers);
            await WaitForServerAsync(source, "ConnectionStrings:CaseWorkflows", loggers.CreateLogger("CaseWorkflows.Database"), ct);
            return new DatabaseAccess(null, source, settings.MigrationsConnectionString);
        }

        var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = settings.DataDirectory }, ct);
        try
        {
            await server.EnsureDatabaseAsync(DatabaseName, ct);
            return new DatabaseAccess(server, WorkflowDatabase.Open(server.ConnectionString(DatabaseName), loggers), server.OwnerConnectionString(DatabaseName));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Brings the schema up to date as the owner, and sees to it that calls are answered by a role that is bound by what the schema
    /// forbids. Without an owner's connection the schema must be up to date already.
    /// </summary>
    /// <exception cref="HostConfigurationException">The roles or the schema are not such that calls may be answered.</exception>
    public async Task PrepareSchemaAsync(HostSettings settings, ILoggerFactory loggers, CancellationToken ct)
    {
        var log = loggers.CreateLogger("CaseWorkflows.Database");
        var role = await AnsweringRole.ReadAsync(Source, ct);
        if (!role.IsBound)
        {
            var fault = $"The role {role.Name} in ConnectionStrings:CaseWorkflows {role.Excess}: whoever gets through to the database with it could switch off what protects histories and logs. "
                + "Let it be a role that owns nothing, and give the owner's connection in ConnectionStrings:Migrations; the verb “database roles” makes both and hands the tables over.";
            if (!settings.IsDevelopment && !settings.AllowOwner) throw new HostConfigurationException([fault]);
            log.LogWarning("{Fault}", fault);
        }

        if (_migrations is not null) await MigrateAsync(_migrations, role.Name, loggers, ct);
        else if (!role.IsBound) await DatabaseSchema.MigrateAsync(Source, ct, loggers.CreateLogger<Migrator>());
        if (await MissingAsync(role.Name, ct) is { Count: > 0 } missing)
        {
            throw new HostConfigurationException(_migrations is null
                ? [$"The schema of the database is older than this host: {missing.Count} migrations are missing, the first {missing[0]}. Give the owner's connection in ConnectionStrings:Migrations, or run the verb “database migrate” with it."]
                : ["ConnectionStrings:Migrations and ConnectionStrings:CaseWorkflows name different databases."]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (_embedded is not null) await _embedded.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> MissingAsync(string role, CancellationToken ct)
    {
        try
        {
            return await DatabaseSchema.MissingAsync(Source, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new HostConfigurationException(
                $"The role {role} in ConnectionStrings:CaseWorkflows has no rights to the tables. A host with ConnectionStrings:Migrations gives them when it starts, and so does the verb “database migrate”.", e);
        }
    }

    private async Task MigrateAsync(string connectionString, string answering, ILoggerFactory loggers, CancellationToken ct)
    {
        const string setting = "ConnectionStrings:Migrations";
        await using var owner = NpgsqlDataSource.Create(connectionString);
        await WaitForServerAsync(owner, setting, loggers.CreateLogger("CaseWorkflows.Database"), ct);
        var role = await AnsweringRole.ReadAsync(owner, ct);
        if (!role.Owner) throw new HostConfigurationException([$"The role {role.Name} in {setting} does not own the database. The verb “database roles” hands it over."]);
        IReadOnlyList<string> applied;
        try
        {
            applied = role.Name == answering ? await DatabaseSchema.MigrateAsync(owner, ct, loggers.CreateLogger<Migrator>())
                : await DatabaseSchema.MigrateAsync(owner, answering, ct, loggers.CreateLogger<Migrator>());
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new HostConfigurationException($"The role {role.Name} in {setting} may not do what migrations do: {e.MessageText}. The verb “database roles” hands the tables over to it.", e);
        }

        if (applied.Count == 0) return;
        // What extensions and migrations made is unknown to connections opened before.
        await using var connection = await Source.OpenConnectionAsync(ct);
        await connection.ReloadTypesAsync(ct);
    }

    private static async Task WaitForServerAsync(NpgsqlDataSource source, string setting, ILogger log, CancellationToken ct)
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
                    throw new HostConfigurationException($"The PostgreSQL server in {setting} cannot be reached: {e.Message}", e);
                log.LogWarning("The PostgreSQL server cannot be reached yet: {Reason}", e.Message);
            }
            catch (PostgresException e)
            {
                throw new HostConfigurationException($"The PostgreSQL server in {setting} refuses: {e.MessageText}", e);
            }
        }
    }
}
