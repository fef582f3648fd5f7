using System.Globalization;
using CaseWorkflows.Host.Database;
using Npgsql;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL server in the data folder. It is started detached, so that it outlives a host that is killed;
/// the next host on the folder adopts it. A host that stops in order stops it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan LingeringBackends = TimeSpan.FromSeconds(10);

    private readonly DataDirectoryLock _lock;
    private readonly PostgresBinaries _binaries;
    private readonly ServerAccount _account;
    private readonly Cluster _cluster;

    private PostgresServer(DataDirectoryLock @lock, PostgresBinaries binaries, ServerAccount account, Cluster cluster)
    {
        _lock = @lock;
        _binaries = binaries;
        _account = account;
        _cluster = cluster;
    }

    /// <summary>True when a server that an earlier host had left running was taken over.</summary>
    public bool Adopted { get; private set; }

    /// <summary>The server's process id, or null when it does not run.</summary>
    public int? ProcessId => Postmaster.Find(_cluster.Directory);

    /// <summary>The folder that the server's files lie in: below the data folder, or outside it when its account does not reach that.</summary>
    public string Home => _cluster.Home;

    /// <summary>The end of the server's own log.</summary>
    public string LogTail => _cluster.LogTail();

    /// <summary>Takes the folder and starts or adopts its server. Throws <see cref="DataDirectoryException"/> when the folder cannot be used.</summary>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken ct)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        if (directory.AsSpan().IndexOfAny("\"$`\n") >= 0)   // pg_ctl hands the path to a shell
            throw new DataDirectoryException($"Datamappens namn får inte innehålla tecken som \", $ eller `: {directory} / The data folder's name holds a character that PostgreSQL's start cannot take.");
        CreateDirectory(directory);
        var folderLock = DataDirectoryLock.Take(directory);
        try
        {
            var account = await ServerAccount.ChooseAsync(ct);
            var binaries = await ReachableBinariesAsync(account, ct);
            var cluster = await Cluster.PrepareAsync(options with { DataDirectory = directory }, binaries, account, ct);
            var server = new PostgresServer(folderLock, binaries, account, cluster);
            await server.StartOrAdoptAsync(ct);
            return server;
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Removes a data folder that no host uses, with whatever server still runs in it.</summary>
    public static async Task RemoveAsync(string dataDirectory)
    {
        using var held = DataDirectoryLock.Take(dataDirectory);
        var cluster = Path.Combine(dataDirectory, "postgres", "cluster");
        if (Postmaster.Find(cluster) is { } id)
        {
            Signals.Send(id, Signals.Immediate);
            for (var until = DateTime.UtcNow.AddSeconds(10); Postmaster.IsServerOf(cluster, id) && DateTime.UtcNow < until;) await Task.Delay(20);
        }

        Directory.Delete(dataDirectory, recursive: true);
    }

    /// <summary>The folder of the server's socket; unused on Windows.</summary>
    public string SocketDirectory => _cluster.SocketDirectory;

    /// <summary>The connection string of a database on this server, as the role that answers calls: bound by grants and triggers.</summary>
    public string ConnectionString(string database) => ConnectionString(database, _cluster.Answering);

    /// <summary>As the role that owns the tables: for migrations.</summary>
    public string OwnerConnectionString(string database) => ConnectionString(database, _cluster.Owner);

    /// <summary>As the superuser of the server: for making databases and roles, and for tests that look behind the product.</summary>
    public string AdministratorConnectionString(string database) => ConnectionString(database, _cluster.Bootstrap);

    /// <summary>
    /// Makes the roles and the database when they are not there, and converts a database that a superuser owned, as all did once. True when
    /// the database was made.
    /// </summary>
    public Task<bool> EnsureDatabaseAsync(string database, CancellationToken ct) =>
        DatabaseRoles.EnsureAsync(AdministratorConnectionString("postgres"), database, _cluster.Owner, _cluster.Answering, ct);

    private string ConnectionString(string database, DatabaseLogin login)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Username = login.Name,
            Password = login.Password,
            Database = database,
            Timeout = 15,
        };
        if (OperatingSystem.IsWindows())
        {
            builder.Host = "127.0.0.1";
            builder.Port = int.Parse(File.ReadLines(Path.Combine(_cluster.Directory, "postmaster.pid")).ElementAt(3), CultureInfo.InvariantCulture);
        }
        else
        {
            builder.Host = _cluster.SocketDirectory;
        }

        return builder.ConnectionString;
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/>, or after it died.</summary>
    public Task RestartAsync(CancellationToken ct) => StartOrAdoptAsync(ct);

    /// <summary>Stops the server, sessions and all, and keeps the folder. Immediate leaves recovery to the next start.</summary>
    public async Task StopAsync(bool immediate = false)
    {
        if (ProcessId is not { } id) return;
        if (OperatingSystem.IsWindows())
        {
            await Command.RunAsync([_binaries.PgCtl, "stop", "-D", _cluster.Directory, "-m", immediate ? "immediate" : "fast", "-w"], CancellationToken.None);
            return;
        }

        Signals.Send(id, immediate ? Signals.Immediate : Signals.Fast);
        for (var until = DateTime.UtcNow.AddSeconds(20); Postmaster.IsServerOf(_cluster.Directory, id);)
        {
            if (DateTime.UtcNow > until) Signals.Send(id, Signals.Immediate);
            await Task.Delay(20);
        }
    }

    /// <summary>Lets go of the folder and leaves the server running, for the next host to adopt.</summary>
    public void Release() => _lock.Dispose();

    /// <summary>Stops the server and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _cluster.RemoveSocketDirectory();
        Release();
    }

    /// <summary>In a folder that is gone or cannot be trusted: nobody shall go there for it.</summary>
    private bool ListensElsewhere =>
        Postmaster.SocketOf(_cluster.Directory) is { } folder && folder != _cluster.SocketDirectory && !File.Exists(Path.Combine(_cluster.SocketDirectory, ".s.PGSQL.5432"));

    private async Task StartOrAdoptAsync(CancellationToken ct)
    {
        Adopted = false;
        _cluster.TrimLog();
        for (var until = DateTime.UtcNow + LingeringBackends; ;)
        {
            if (ProcessId is not null)
            {
                if (ListensElsewhere) await StopAsync();
                else if (await AnswersAsync(ct))
                {
                    Adopted = true;
                    return;
                }
            }
            else if (await TryStartAsync(retryLingering: DateTime.UtcNow < until, ct))
            {
                return;
            }

            await Task.Delay(200, ct);
        }
    }

    /// <summary>False when the backends of a dead server still hold its memory: they notice its death in a moment.</summary>
    private async Task<bool> TryStartAsync(bool retryLingering, CancellationToken ct)
    {
        // A file that names a process which is not this cluster's server would make the server believe it runs already.
        File.Delete(Path.Combine(_cluster.Directory, "postmaster.pid"));
        var run = await _account.RunAsync([_binaries.PgCtl, "start", "-D", _cluster.Directory, "-l", _cluster.LogFile, "-w", "-t", "120", "-s"], ct);
        if (run.ExitCode == 0) return true;
        var log = _cluster.LogTail();
        if (retryLingering && (log.Contains("shared memory", StringComparison.Ordinal) || log.Contains("lock file", StringComparison.Ordinal))) return false;
        throw new InvalidOperationException($"PostgreSQL did not start in {_cluster.Home}: {run.Output.Trim()}\n{log}");
    }

    /// <summary>Probes an orphan, which may still be recovering. False when it went away while it was asked.</summary>
    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        for (var until = DateTime.UtcNow.AddSeconds(120); ; await Task.Delay(100, ct))
        {
            try
            {
                await using var connection = new NpgsqlConnection(AdministratorConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync(ct);
                return true;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or ArgumentOutOfRangeException)
            {
                if (ProcessId is null) return false;
                if (DateTime.UtcNow > until) throw;
                if (e is PostgresException { SqlState: "53300" }) return true;   // every seat is taken: it runs
            }
        }
    }

    /// <summary>The programs, copied out where the account cannot reach them (a source tree under a closed home).</summary>
    private static async Task<PostgresBinaries> ReachableBinariesAsync(ServerAccount account, CancellationToken ct)
    {
        var binaries = PostgresBinaries.Find();
        if (await account.ReachesAsync(binaries.Postgres, ct)) return binaries;
        var copy = $"/var/lib/caseworkflows/postgres-{await binaries.MajorVersionAsync(ct)}-{new FileInfo(binaries.Postgres).LastWriteTimeUtc:yyyyMMddHHmmss}";
        if (!Directory.Exists(copy))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var fresh = $"{copy}.{Environment.ProcessId}";
            var run = await Command.RunAsync(["cp", "-a", binaries.Root, fresh], ct);
            if (run.ExitCode != 0) throw new IOException($"PostgreSQL's programs could not be copied to {fresh}: {run.Output.Trim()}");
            if (!Directory.Exists(copy)) Directory.Move(fresh, copy);
        }

        return new PostgresBinaries(copy);
    }

    private static void CreateDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException(
                $"Datamappen {directory} kan inte skapas: {e.Message} Välj en annan mapp med --Data:Directory. / The data folder cannot be made.", e);
        }
    }
}
