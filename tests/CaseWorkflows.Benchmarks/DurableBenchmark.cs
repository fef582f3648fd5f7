using System.Text.Json;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Benchmarks;

/// <summary>Start and resume through the public runtime against their raw baselines; interleaved, warmed up, median of the rounds.</summary>
internal static class DurableBenchmark
{
    private const string SizeSql =
        "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE c.relname IN ('instance', 'bookmark', 'journal', 'journal_payload', 'queue', 'incident')";

    public static async Task RunAsync(Arguments a)
    {
        await using var server = a.Connection is null ? await OwnServer.StartAsync() : null;
        var administration = a.Connection ?? server!.ConnectionString("postgres");
        await OnDatabaseAsync(administration, connection => MeasureAsync(a, connection));
        await OnDatabaseAsync(administration, connection => TaskBenchmark.RunAsync(a with { Instances = Math.Min(a.Instances, 2000) }, connection));
    }

    private static async Task OnDatabaseAsync(string administration, Func<string, Task> measure)
    {
        var database = "bench_" + Guid.CreateVersion7().ToString("N");
        await ExecuteAsync(administration, $"CREATE DATABASE {database} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'sv-SE' LOCALE 'C.UTF-8' ENCODING 'UTF8'");
        try
        {
            await measure(new NpgsqlConnectionStringBuilder(administration) { Database = database }.ConnectionString);
        }
        finally
        {
            await ExecuteAsync(administration, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }
    }

    private static async Task MeasureAsync(Arguments a, string connection)
    {
        await using var host = await BenchmarkHost.StartAsync(connection, a.Concurrency, a.AutoPrepare);
        await host.PublishAsync();
        Print(new()
        {
            ["case"] = "environment", ["instances"] = a.Instances, ["concurrency"] = a.Concurrency, ["rounds"] = a.Rounds, ["autoPrepare"] = a.AutoPrepare, ["cores"] = Environment.ProcessorCount,
            ["fsync"] = await ScalarAsync<string>(host, "SHOW fsync"), ["synchronousCommit"] = await ScalarAsync<string>(host, "SHOW synchronous_commit"),
            ["postgres"] = await ScalarAsync<string>(host, "SHOW server_version"),
        });
        var raw = await RawBaseline.FromAsync(host);
        Measurement start = new("start"), resume = new("resume"), rawStart = new("rawStart"), rawResume = new("rawResume");
        var ids = new (Guid, string)[a.Instances];
        var rawIds = new Guid[a.Instances];

        // Round 0 warms up; then the order changes every round, so that neither always comes after the other.
        for (var round = 0; round <= a.Rounds; round++)
        {
            var count = round == 0 ? Math.Min(2000, a.Instances) : a.Instances;
            var keep = round > 0;
            var ours = new Func<Task>[]
            {
                () => start.RunAsync(count, a.Concurrency, async i => ids[i] = await host.StartInstanceAsync(), keep),
                () => resume.RunAsync(count, a.Concurrency, i => host.ResumeAsync(ids[i]), keep),
            };
            var theirs = new Func<Task>[]
            {
                () => rawStart.RunAsync(count, a.Concurrency, async i => rawIds[i] = await raw.StartAsync(), keep),
                () => rawResume.RunAsync(count, a.Concurrency, i => raw.ResumeAsync(rawIds[i]), keep),
            };
            for (var step = 0; step < 2; step++)
            {
                await (round % 2 == 0 ? ours : theirs)[step]();
                await (round % 2 == 0 ? theirs : ours)[step]();
            }
        }

        var trips = await RoundTripsAsync(connection);
        start.Print(trips.Start);
        resume.Print(trips.Resume);
        rawStart.Print(trips.RawStart);
        rawResume.Print(trips.RawResume);
        Print(new() { ["case"] = "ratio", ["start"] = Math.Round(start.PerSecond / rawStart.PerSecond, 3), ["resume"] = Math.Round(resume.PerSecond / rawResume.PerSecond, 3) });
        await SizeAsync(host, a);
    }

    /// <summary>Counted on the wire, one call at a time.</summary>
    private static async Task<(double Start, double Resume, double RawStart, double RawResume)> RoundTripsAsync(string connection)
    {
        const int calls = 50;
        using var proxy = new CountingProxy(connection);
        await using var host = await BenchmarkHost.StartAsync(proxy.ConnectionString, 1);
        var raw = await RawBaseline.FromAsync(host);
        for (var i = 0; i < 5; i++)
        {
            await host.ResumeAsync(await host.StartInstanceAsync());
            await raw.ResumeAsync(await raw.StartAsync());
        }

        var ids = new List<(Guid, string)>();
        var rawIds = new List<Guid>();
        return (
            await Count(async _ => ids.Add(await host.StartInstanceAsync())), await Count(i => host.ResumeAsync(ids[i])),
            await Count(async _ => rawIds.Add(await raw.StartAsync())), await Count(i => raw.ResumeAsync(rawIds[i])));

        // The pump's own looks at the queue are in the count too; they are few.
        async Task<double> Count(Func<int, Task> call)
        {
            var before = proxy.RoundTrips;
            for (var i = 0; i < calls; i++) await call(i);
            return (proxy.RoundTrips - before) / (double)calls;
        }
    }

    /// <summary>All tables and indexes, dead rows and half-empty pages included, per finished instance.</summary>
    private static async Task SizeAsync(BenchmarkHost host, Arguments a)
    {
        const int count = 5000;
        await ExecuteAsync(host, "VACUUM instance, bookmark, journal, journal_payload, queue");
        await ExecuteAsync(host, "TRUNCATE bookmark, instance, queue");
        await ExecuteAsync(host, "SET session_replication_role = replica; TRUNCATE journal, journal_payload; SET session_replication_role = DEFAULT");
        var before = await ScalarAsync<long>(host, SizeSql);
        await new Measurement("size").RunAsync(count, a.Concurrency, async _ => await host.ResumeAsync(await host.StartInstanceAsync()), keep: false);
        var after = await ScalarAsync<long>(host, SizeSql);
        var parts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        await using var command = host.Data.CreateCommand(
            "SELECT c.relname, pg_relation_size(c.oid) FROM pg_class c WHERE c.relkind IN ('r', 'i') AND (c.relname ~ '^(instance|bookmark|journal|journal_payload)') AND pg_relation_size(c.oid) > 0");
        await using (var r = await command.ExecuteReaderAsync())
        {
            while (await r.ReadAsync()) parts[r.GetString(0)] = r.GetInt64(1) / count;
        }

        Print(new() { ["case"] = "size", ["bytesPerInstance"] = (after - before) / count, ["parts"] = parts });
    }

    private static void Print(Dictionary<string, object> line) => Console.WriteLine(JsonSerializer.Serialize(line));

    private static async Task<T> ScalarAsync<T>(BenchmarkHost host, string sql)
    {
        await using var command = host.Data.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(BenchmarkHost host, string sql)
    {
        await using var command = host.Data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var data = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An embedded server that waits for the disk, in a folder that goes afterwards.</summary>
    private sealed class OwnServer : IAsyncDisposable
    {
        private readonly PostgresServer _server;
        private readonly string _folder;

        private OwnServer(PostgresServer server, string folder)
        {
            _server = server;
            _folder = folder;
        }

        public static async Task<OwnServer> StartAsync()
        {
            var folder = Path.Combine(Path.GetTempPath(), "caseworkflows-bench-" + Guid.NewGuid().ToString("N")[..8]);
            return new OwnServer(await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder }, CancellationToken.None), folder);
        }

        public string ConnectionString(string database) => _server.AdministratorConnectionString(database);

        public async ValueTask DisposeAsync()
        {
            await _server.StopAsync(immediate: true);
            _server.Release();
            await _server.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
