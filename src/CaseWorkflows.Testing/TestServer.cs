using System.Collections.Concurrent;
using System.Diagnostics;
using CaseWorkflows.Host.Database;
using CaseWorkflows.Host.EmbeddedPostgres;
using Npgsql;

namespace CaseWorkflows.Testing;

/// <summary>The embedded PostgreSQL of this test process, with the migrated template in it.</summary>
internal sealed class TestServer
{
    public const string Template = "caseworkflows_template";

    private static readonly Lazy<TestServer> Lazy = new(() => Task.Run(StartAsync).GetAwaiter().GetResult());

    // Filling a database costs several times what starting on a filled one does; at a time that is asked for once there is nothing to save.
    private readonly ConcurrentDictionary<DateTimeOffset, Seeds> _seeds = new();
    private readonly PostgresServer _server;
    private readonly NpgsqlDataSource _administration;
    private readonly Lock _cloning = new();   // CREATE DATABASE takes its template for itself

    private TestServer(PostgresServer server)
    {
        _server = server;
        _administration = NpgsqlDataSource.Create(server.AdministratorConnectionString("postgres") + ";Maximum Pool Size=2");
    }

    /// <summary>Started at first use.</summary>
    public static TestServer Shared => Lazy.Value;

    public string ConnectionString(string database) => _server.ConnectionString(database);

    public string OwnerConnectionString(string database) => _server.OwnerConnectionString(database);

    /// <summary>A copy of a template, or an empty database; either with the roles that the product's own database has.</summary>
    /// <param name="template">Null = empty.</param>
    public void CreateDatabase(string name, string? template)
    {
        lock (_cloning)
        {
            if (template is not null) Execute($"CREATE DATABASE {name} TEMPLATE {template}");
        }

        // A database's own rights are not copied with it.
        Task.Run(() => _server.EnsureDatabaseAsync(name, CancellationToken.None)).GetAwaiter().GetResult();
    }

    /// <summary>A template with what a host of that time fills an empty database with; null where it is no dearer to let the host do it.</summary>
    /// <param name="fill">Fills the database of the name.</param>
    public async Task<string?> SeededAsync(DateTimeOffset now, Func<string, Task> fill)
    {
        var seeds = _seeds.GetOrAdd(now, _ => new Seeds(async () =>
        {
            var name = $"caseworkflows_seeded_{now.UtcTicks}";
            CreateDatabase(name, Template);
            await fill(name);
            return name;
        }));
        return Interlocked.Increment(ref seeds.Asked) == 1 ? null : await seeds.Template.Value;
    }

    public void DropDatabase(string name) => Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    private sealed class Seeds(Func<Task<string>> make)
    {
        public readonly Lazy<Task<string>> Template = new(make);
        public int Asked;
    }

    private void Execute(string sql)
    {
        using var command = _administration.CreateCommand(sql);
        command.CommandTimeout = 120;
        command.ExecuteNonQuery();
    }

    private static async Task<TestServer> StartAsync()
    {
        var root = Path.Combine(Path.GetTempPath(), "caseworkflows-tests-" + Environment.UserName);
        await RemoveLeftoversAsync(root);
        var folder = Path.Combine(root, Guid.NewGuid().ToString("N")[..12]);
        var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder, Durable = false, MaxConnections = 400 }, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(server, folder);
        await server.EnsureDatabaseAsync(Template, CancellationToken.None);
        await using (var template = NpgsqlDataSource.Create(server.OwnerConnectionString(Template) + ";Pooling=false"))
        {
            var answering = new NpgsqlConnectionStringBuilder(server.ConnectionString(Template)).Username!;
            await DatabaseSchema.MigrateAsync(template, answering, CancellationToken.None);
        }

        return new TestServer(server);
    }

    /// <summary>Servers of test processes that were killed: their folder's lock is free, so nobody misses them.</summary>
    private static async Task RemoveLeftoversAsync(string root)
    {
        Directory.CreateDirectory(root);
        foreach (var folder in Directory.GetDirectories(root))
        {
            try
            {
                if (DateTime.UtcNow - Directory.GetCreationTimeUtc(folder) < TimeSpan.FromSeconds(30)) continue;
                await PostgresServer.RemoveAsync(folder);
            }
            catch (Exception e) when (e is DataDirectoryException or IOException or UnauthorizedAccessException)
            {
                // In use by another test process, or another clean-up was quicker.
            }
        }
    }

    private static void Remove(PostgresServer server, string folder)
    {
        // The test runner gives a process that ends about a tenth of a second, too little to delete a cluster in.
        server.StopAsync(immediate: true).GetAwaiter().GetResult();
        if (OperatingSystem.IsWindows()) return;   // the next run removes it
        Process.Start(new ProcessStartInfo("rm", ["-rf", folder]))?.Dispose();
    }
}
