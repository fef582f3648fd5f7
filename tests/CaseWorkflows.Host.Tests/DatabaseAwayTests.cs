using System.Net;
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

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string path)
    {
        using var answer = await host.Client.GetAsync(path);
        return answer.StatusCode;
    }
}
