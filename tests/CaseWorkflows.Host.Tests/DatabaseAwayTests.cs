using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Tests.EmbeddedPostgres;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests;

/// <summary>PostgreSQL goes away under a running host and comes back.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task The_host_lives_on_unready_and_is_ready_again_when_it_is_back()
    {
        await using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder.Path, Durable = false }, default);
        await server.EnsureDatabaseAsync("away", default);
        await using var host = await TestHost.StartAsync(new TestHostOptions { Arguments = [$"--ConnectionStrings:CaseWorkflows={server.ConnectionString("away")}", $"--ConnectionStrings:Migrations={server.OwnerConnectionString("away")}"] });
        (await StatusAsync(host, "/health/ready")).Should().Be(HttpStatusCode.OK);

        await server.StopAsync();
        (await StatusAsync(host, "/health/ready")).Should().Be(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(host, "/health/live")).Should().Be(HttpStatusCode.OK);

        await server.RestartAsync(default);
        for (var until = DateTime.UtcNow.AddSeconds(20); await StatusAsync(host, "/health/ready") != HttpStatusCode.OK; await Task.Delay(100))
            DateTime.UtcNow.Should().BeBefore(until, "the host finds its database again by itself");
    }

    [Fact]
    public async Task A_database_that_hangs_is_told_at_once_and_truly()
    {
        await using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder.Path, Durable = false }, default);
        await server.EnsureDatabaseAsync("hangs", default);
        await using var host = await TestHost.StartAsync(new TestHostOptions { Arguments = [$"--ConnectionStrings:CaseWorkflows={server.ConnectionString("hangs")}", $"--ConnectionStrings:Migrations={server.OwnerConnectionString("hangs")}"] });
        (await StatusAsync(host, "/health/ready")).Should().Be(HttpStatusCode.OK);

        var stopped = Family(server.ProcessId!.Value);
        try
        {
            Signal("STOP", stopped);
            for (var time = 0; time < 3; time++)
            {
                var clock = Stopwatch.StartNew();
                using var answer = await host.Client.GetAsync("/health/ready");
                clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5), "the promise is three; other test projects share the cores");
                answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
                JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["parts"]!["database"]!["message"]!.ToString().Should().Contain("does not answer");
            }

            (await StatusAsync(host, "/health/live")).Should().Be(HttpStatusCode.OK);
        }
        finally
        {
            Signal("CONT", stopped);
        }

        for (var until = DateTime.UtcNow.AddSeconds(20); await StatusAsync(host, "/health/ready") != HttpStatusCode.OK; await Task.Delay(100))
            DateTime.UtcNow.Should().BeBefore(until, "the host is ready again when its database answers");
    }

    /// <summary>A server's process and those that it has started.</summary>
    private static int[] Family(int server)
    {
        using var list = Process.Start(new ProcessStartInfo("pgrep", ["-P", $"{server}"]) { RedirectStandardOutput = true })!;
        return [server, .. list.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    private static void Signal(string name, int[] processes)
    {
        using var kill = Process.Start("kill", ["-" + name, .. processes.Select(id => $"{id}")]);
        kill.WaitForExit();
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string path)
    {
        using var answer = await host.Client.GetAsync(path);
        return answer.StatusCode;
    }
}
