using System.Diagnostics;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Processes;
using Npgsql;

namespace CaseWorkflows.Host.Verbs.Torture;

/// <summary>Clients work while the host is killed at random moments; afterwards the database is asked whether it all adds up.</summary>
public static class TortureRun
{
    private static readonly TimeSpan PatienceForProgress = TimeSpan.FromSeconds(20);

    public static async Task<TortureResult> RunAsync(TortureOptions options, TextWriter output, CancellationToken ct)
    {
        var folder = options.DataDirectory ?? Path.Combine(Path.GetTempPath(), "caseworkflows-torture-" + Guid.NewGuid().ToString("N")[..8]);
        try
        {
            return await RunAsync(options, folder, output, ct);
        }
        finally
        {
            if (options.DataDirectory is null) await PostgresServer.RemoveAsync(folder);
        }
    }

    private static async Task<TortureResult> RunAsync(TortureOptions options, string folder, TextWriter output, CancellationToken ct)
    {
        var log = new TortureLog();
        var clock = Stopwatch.StartNew();
        var work = new TortureWork(options, log);
        // A working day at ten, standing still but for what the run moves it.
        await using var host = new HostProcess(
            [$"--Data:Directory={folder}", "--Clock:Mode=Manual", "--Clock:Now=2026-04-08T10:00:00+02:00", "--Logging:LogLevel:Default=Warning", .. options.HostArguments]);
        await output.WriteLineAsync($"first start {(await host.StartAsync()).TotalSeconds:0.0} s, seed {options.Seed}");
        await work.PrepareAsync(host.Client, ct);
        await output.WriteLineAsync($"{work.People.Count} people signed in");

        var kills = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var clients = Enumerable.Range(0, options.Clients).Select(i => Task.Run(() => ClientAsync(work, options, i, () => Volatile.Read(ref kills), stop.Token), ct))
            .Append(Task.Run(() => work.MoveClockAsync(stop.Token), ct)).ToArray();
        var random = new Random(options.Seed);
        var slowest = TimeSpan.Zero;
        while (kills < options.Kills)
        {
            await ProgressAsync(work, log, random.Next(1, 2 * Math.Max(1, 3 * options.Cases / options.Kills)), ct);
            await Task.Delay(random.Next(0, 400), ct);
            await host.KillAsync();
            var ready = await host.StartAsync();
            if (ready > slowest) slowest = ready;
            Interlocked.Increment(ref kills);
            await output.WriteLineAsync($"kill {kills}: {work.Registered} cases, {log.Completions.Count} completions, ready again after {ready.TotalSeconds:0.0} s");
            if (clients.FirstOrDefault(t => t.IsFaulted) is { } faulted) await faulted;
        }

        await QuietAsync(work, log, options, ct);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        // What was under way is finished by a host that is left in peace; then everything must add up.
        List<string> faults = [];
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await host.KillAsync();
            var ready = await host.StartAsync();
            await Task.Delay((TimeSpan.FromSeconds(3) + ready) * attempt, ct);
            await host.KillAsync();
            faults = await CheckAsync(folder, log, output, ct);
            if (!faults.Exists(TortureCheck.IsUnfinished)) break;
        }

        var summary =
            $"torture: {kills} kills, {log.Cases.Count} cases and {log.Completions.Count} completions acknowledged, {log.Conflicts} conflicts, {log.Lost} calls without answer, "
            + $"{log.Unavailable} times 503, slowest restart {slowest.TotalSeconds:0.0} s, {faults.Count} faults, {clock.Elapsed.TotalSeconds:0} s";
        return new TortureResult(summary, faults, kills, log.Cases.Count, log.Completions.Count);
    }

    /// <summary>Spreads the kills over the whole run: until that much has been acknowledged, in the middle of whatever is under way then.</summary>
    private static async Task ProgressAsync(TortureWork work, TortureLog log, int steps, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var from = work.Registered + log.Completions.Count;
        while (work.Registered + log.Completions.Count < from + steps && clock.Elapsed < PatienceForProgress) await Task.Delay(20, ct);
    }

    private static async Task ClientAsync(TortureWork work, TortureOptions options, int number, Func<int> kills, CancellationToken ct)
    {
        var random = new Random(options.Seed + number + 1);
        try
        {
            while (true)
            {
                // Cases come in at the pace of the kills, so that there is work to the end.
                var allowed = options.Kills == 0 ? options.Cases : Math.Min(options.Cases, (kills() + 1) * options.Cases / options.Kills);
                var person = work.People[random.Next(work.People.Count)];
                if (work.Registered < allowed && random.Next(3) == 0) await work.RegisterAsync(work.People.FirstOrDefault(p => p.UserName == "integration") ?? person, random, ct);
                else if (!await work.WorkAsync(person, random, ct)) await Task.Delay(5, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    /// <summary>After the last kill: until all cases are in, and then until little is done any more.</summary>
    private static async Task QuietAsync(TortureWork work, TortureLog log, TortureOptions options, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var done = -1;
        while (clock.Elapsed < options.Quiet * 3 && (work.Registered < options.Cases || (log.Completions.Count != done && clock.Elapsed < options.Quiet)))
        {
            done = log.Completions.Count;
            await Task.Delay(1500, ct);
        }
    }

    private static async Task<List<string>> CheckAsync(string folder, TortureLog log, TextWriter output, CancellationToken ct)
    {
        var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder }, ct);
        try
        {
            await using var data = NpgsqlDataSource.Create(server.ConnectionString(Database.DatabaseAccess.DatabaseName) + ";Pooling=false");
            var faults = await TortureCheck.RunAsync(data, log, ct);
            if (await JournalVerifyVerb.VerifyAsync(data, output) != 0) faults.Add("journal or history does not verify");
            return faults;
        }
        finally
        {
            await server.StopAsync(immediate: true);
            await server.DisposeAsync();
        }
    }
}
