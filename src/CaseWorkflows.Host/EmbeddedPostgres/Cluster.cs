using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Host.Database;

namespace CaseWorkflows.Host.EmbeddedPostgres;

/// <summary>The files of one embedded server: the cluster itself, its socket, its log and the passwords of its three roles.</summary>
internal sealed class Cluster
{
    private readonly PostgresServerOptions _options;

    private Cluster(string home, string socketDirectory, PostgresServerOptions options)
    {
        Home = home;
        SocketDirectory = socketDirectory;
        _options = options;
    }

    /// <summary>The folder that holds all of it, owned by the account the server runs as.</summary>
    public string Home { get; }

    public string Directory => Path.Combine(Home, "cluster");

    public string SocketDirectory { get; }

    public string LogFile => Path.Combine(Home, "server.log");

    /// <summary>The superuser of initdb. It makes the other two and the databases, and does nothing else.</summary>
    public DatabaseLogin Bootstrap { get; private set; } = new("caseworkflows", "");

    /// <summary>Owns the databases and migrates them.</summary>
    public DatabaseLogin Owner { get; private set; } = new("caseworkflows_owner", "");

    /// <summary>Answers calls.</summary>
    public DatabaseLogin Answering { get; private set; } = new("caseworkflows_app", "");

    /// <summary>Finds or makes the cluster, hands it to the account and writes its settings.</summary>
    public static async Task<Cluster> PrepareAsync(PostgresServerOptions options, PostgresBinaries binaries, ServerAccount account, CancellationToken ct)
    {
        var home = Path.Combine(options.DataDirectory, "postgres");
        var outside = HomeOutside(options.DataDirectory);
        // Once outside, always outside: a later host that reaches the folder must not start anew beside its own data.
        if (System.IO.Directory.Exists(Path.Combine(outside, "cluster")) || !await account.ReachesAsync(options.DataDirectory, ct)) home = outside;
        CreatePrivate(home);
        var cluster = new Cluster(home, await SocketFolder.ChooseAsync(home, account, ct), options);
        CreatePrivate(cluster.SocketDirectory);
        cluster.Bootstrap = cluster.Bootstrap with { Password = cluster.ReadOrMakePassword("password") };
        cluster.Owner = cluster.Owner with { Password = cluster.ReadOrMakePassword("password-owner") };
        cluster.Answering = cluster.Answering with { Password = cluster.ReadOrMakePassword("password-app") };
        await account.OwnAsync(home, ct);
        await account.OwnAsync(cluster.SocketDirectory, ct);
        if (File.Exists(Path.Combine(cluster.Directory, "PG_VERSION"))) await cluster.CheckVersionAsync(binaries, ct);
        else await cluster.InitialiseAsync(binaries, account, ct);
        cluster.WriteSettings();
        return cluster;
    }

    /// <summary>The end of the server's log, for messages about a start that failed.</summary>
    public string LogTail()
    {
        if (!File.Exists(LogFile)) return "";
        using var file = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, 4096), SeekOrigin.End);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(12)).Trim();
    }

    /// <summary>A socket folder outside the home would be left behind when the home is removed; the next start makes it anew.</summary>
    public void RemoveSocketDirectory()
    {
        if (!SocketDirectory.StartsWith(Home, StringComparison.Ordinal) && System.IO.Directory.Exists(SocketDirectory)) System.IO.Directory.Delete(SocketDirectory, recursive: true);
    }

    public void TrimLog()
    {
        if (File.Exists(LogFile) && new FileInfo(LogFile).Length > 10_000_000) File.WriteAllText(LogFile, "");
    }

    private async Task CheckVersionAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        var written = (await File.ReadAllTextAsync(Path.Combine(Directory, "PG_VERSION"), ct)).Trim();
        var ours = await binaries.MajorVersionAsync(ct);
        if (written != ours)
        {
            throw new DataDirectoryException(
                $"Datamappen {_options.DataDirectory} är skriven av PostgreSQL {written}, men den här versionen av värden har PostgreSQL {ours}. "
                + "Flytta data med pg_dump från den gamla versionen, eller välj en annan mapp med --Data:Directory. Inget har ändrats i mappen. / "
                + $"The data folder was written by PostgreSQL {written}; this host has PostgreSQL {ours}. Nothing in it was changed.");
        }
    }

    private async Task InitialiseAsync(PostgresBinaries binaries, ServerAccount account, CancellationToken ct)
    {
        // Made beside and moved into place, so that a start that is broken off leaves no half cluster behind.
        var fresh = Directory + ".new";
        if (System.IO.Directory.Exists(fresh)) System.IO.Directory.Delete(fresh, recursive: true);
        // ICU sorts and folds Swedish. The C library's ctype must know UTF-8 as well: with plain C the trigram index drops å, ä and ö.
        var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : OperatingSystem.IsMacOS() ? "en_US.UTF-8" : "en-US";
        List<string> initdb =
        [
            binaries.InitDb, "-D", fresh, "--username", Bootstrap.Name, "--pwfile", Path.Combine(Home, "password"), "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale-provider", "icu", "--icu-locale", "sv-SE", "--locale", locale, "--no-instructions",
        ];
        if (!_options.Durable) initdb.Add("--no-sync");
        var run = await account.RunAsync(initdb, ct);
        if (run.ExitCode != 0) throw new InvalidOperationException($"initdb failed ({run.ExitCode}): {run.Output.Trim()}");
        System.IO.Directory.Move(fresh, Directory);
    }

    /// <summary>All settings stand here, so that no command line has to quote them; written anew at each start.</summary>
    private void WriteSettings()
    {
        var settings = new StringBuilder()
            .AppendLine("# Written by the host at each start; changes here are lost.")
            .AppendLine(CultureInfo.InvariantCulture, $"max_connections = {_options.MaxConnections}")
            .AppendLine("shared_buffers = '128MB'")
            .AppendLine("max_wal_size = '1GB'")
            .AppendLine("timezone = 'UTC'")
            .AppendLine("log_timezone = 'UTC'")
            .AppendLine("log_checkpoints = off")
            // A failed statement is its caller's: what it says of rows and values stays out of a file beside the database.
            .AppendLine("log_min_messages = log")
            .AppendLine("log_min_error_statement = panic")
            .AppendLine("log_error_verbosity = terse")
            .AppendLine("jit = off");   // short statements only: compiling them costs more than it gives
        if (OperatingSystem.IsWindows())
        {
            settings.AppendLine("listen_addresses = '127.0.0.1'").AppendLine(CultureInfo.InvariantCulture, $"port = {LoopbackPort.Free()}");
        }
        else
        {
            settings.AppendLine("listen_addresses = ''")
                .AppendLine(CultureInfo.InvariantCulture, $"unix_socket_directories = '{SocketDirectory.Replace("'", "''", StringComparison.Ordinal)}'")
                .AppendLine("unix_socket_permissions = 0700");
        }

        if (!_options.Durable) settings.AppendLine("fsync = off").AppendLine("synchronous_commit = off").AppendLine("full_page_writes = off");
        File.WriteAllText(Path.Combine(Directory, "postgresql.conf"), settings.ToString());
    }

    private string ReadOrMakePassword(string name)
    {
        var file = Path.Combine(Home, name);
        if (!File.Exists(file))
        {
            // Behind a socket that only this user opens, but never without: a port on loopback (Windows) is open to all.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        }

        return File.ReadAllText(file).Trim();
    }

    /// <summary>Where the account lives when it cannot reach the data folder.</summary>
    private static string HomeOutside(string dataDirectory) => Path.Combine("/var/lib/caseworkflows", ShortHash(dataDirectory));

    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) System.IO.Directory.CreateDirectory(folder);
        else
        {
            // Parents that have to be made stay open to all: the account must get through them.
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
