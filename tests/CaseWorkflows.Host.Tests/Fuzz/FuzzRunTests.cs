using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaseWorkflows.Host.Tests.Routes;
using CaseWorkflows.Testing;
using Xunit.Abstractions;

namespace CaseWorkflows.Host.Tests.Fuzz;

/// <summary>
/// Random calls against every route of both APIs and every page: none is answered by 5xx, none breaks a connection, memory does not grow, and
/// somebody who does ordinary work beside it gets ordinary answers. <c>FUZZ_REQUESTS</c> (or <c>FUZZ_MINUTES</c>) makes it longer, <c>FUZZ_SEED</c> another.
/// </summary>
public sealed class FuzzRunTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Clients = 4;
    private const long MostGrowth = 300L * 1024 * 1024;

    private RouteWorld _world = null!;

    public async Task InitializeAsync() => _world = await RouteWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task No_input_is_answered_by_a_server_error_and_none_touches_another()
    {
        var seed = Setting("FUZZ_SEED", 20260402);
        var requests = Setting("FUZZ_REQUESTS", 20_000);
        var minutes = Setting("FUZZ_MINUTES", 0);
        var tokens = new Dictionary<string, string>();
        foreach (var user in NastyCalls.Users.OfType<string>()) tokens[user] = await _world.TokenAsync(user);
        await _world.TokenAsync("onk3.mott");
        var definition = await _world.RoutineAsync();
        definition["definitionId"] = "prov-fuzz";

        var faults = new ConcurrentDictionary<string, string>();
        var sent = 0;
        var until = minutes > 0 ? Stopwatch.GetTimestamp() + (minutes * 60L * Stopwatch.Frequency) : long.MaxValue;
        var before = Memory();
        using var over = new CancellationTokenSource();
        var beside = BesideAsync(faults, over.Token);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var calls = new NastyCalls(_world, new Nasty(seed + client), definition);
            while (minutes > 0 ? Stopwatch.GetTimestamp() < until : Interlocked.Increment(ref sent) <= requests)
            {
                if (minutes > 0) Interlocked.Increment(ref sent);
                await SendAsync(calls, tokens, faults);
            }
        })));
        await over.CancelAsync();
        var latencies = await beside;
        var after = Memory();

        latencies.Sort();
        output.WriteLine($"{sent} requests, seed {seed}; beside it {latencies.Count} ordinary calls, median {latencies[latencies.Count / 2]:0} ms, "
            + $"95th percentile {latencies[latencies.Count * 95 / 100]:0} ms; memory {before >> 20} to {after >> 20} MB");
        faults.Should().BeEmpty();
        (after - before).Should().BeLessThan(MostGrowth, "what was sent is given back");
    }

    private async Task SendAsync(NastyCalls calls, Dictionary<string, string> tokens, ConcurrentDictionary<string, string> faults)
    {
        var (route, request, told) = calls.Next(tokens);
        using (request)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
                using var answer = await _world.Host.Client.SendAsync(request, limit.Token);
                var text = await answer.Content.ReadAsStringAsync(limit.Token);
                if ((int)answer.StatusCode >= 500) faults.TryAdd($"{route} {(int)answer.StatusCode}", told + " → " + (text.Length > 300 ? text[..300] : text));
            }
            catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
            {
                faults.TryAdd($"{route} {broken.GetType().Name}", told + " → " + broken.Message);
            }
        }
    }

    /// <summary>A receiver who works while all this goes on; every call of hers succeeds.</summary>
    private async Task<List<double>> BesideAsync(ConcurrentDictionary<string, string> faults, CancellationToken over)
    {
        var took = new List<double>();
        for (var turn = 0; !over.IsCancellationRequested || took.Count < 10; turn++)
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                var made = await _world.JsonAsync("integration", HttpMethod.Post, "/api/cases",
                    new JsonObject { ["unit"] = "Onkologimottagning 3", ["caseType"] = "Rådgivning", ["text"] = "Vanlig text", ["externalId"] = $"vanlig-{turn}" });
                var tasks = await _world.JsonAsync("onk3.mott", HttpMethod.Get, "/api/tasks?view=available&limit=5");
                var task = (await _world.JsonAsync("admin", HttpMethod.Get, $"/api/cases/{made["id"]}"))["tasks"]![0]!["id"]!.ToString();
                await _world.JsonAsync("onk3.mott", HttpMethod.Post, $"/api/tasks/{task}/claim", new JsonObject());
                await _world.JsonAsync("onk3.mott", HttpMethod.Post, $"/api/tasks/{task}/comments", new JsonObject { ["text"] = "Vanlig kommentar" });
                tasks["items"].Should().NotBeNull();
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds / 5);
            }
            catch (Exception wrong)
            {
                faults.TryAdd("ordinary work", wrong.Message);
                took.Add(0);
            }

            await Task.Delay(100, CancellationToken.None);
        }

        return took;
    }

    private static long Memory()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
