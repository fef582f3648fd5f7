using System.Net;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Tests.EmbeddedPostgres;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests;

/// <summary>PostgreSQL goes away under a running host and comes back.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Clients_get_503_with_Retry_After_and_work_goes_on_when_it_is_back()
    {
        await using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder.Path, Durable = false }, default);
        await server.EnsureDatabaseAsync("away", default);
        await using var host = await TestHost.StartAsync(new TestHostOptions { Arguments = [$"--ConnectionStrings:CaseWorkflows={server.ConnectionString("away")}"] });
        var token = await SignIn.TokenAsync(host.Client);
        (await StatusAsync(host, "/api/tasks?view=all", token)).Should().Be(HttpStatusCode.OK);

        await server.StopAsync();
        using (var away = await SignIn.GetAsync(host.Client, "/api/tasks?view=all", token))
        {
            away.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            away.Headers.RetryAfter.Should().NotBeNull();
            away.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        }

        (await StatusAsync(host, "/health/ready", token)).Should().Be(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(host, "/health/live", token)).Should().Be(HttpStatusCode.OK);

        await server.RestartAsync(default);
        for (var until = DateTime.UtcNow.AddSeconds(20); await StatusAsync(host, "/api/tasks?view=all", token) != HttpStatusCode.OK; await Task.Delay(100))
            DateTime.UtcNow.Should().BeBefore(until, "the host finds its database again by itself");
        (await StatusAsync(host, "/health/ready", token)).Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string path, string token)
    {
        using var answer = await SignIn.GetAsync(host.Client, path, token);
        return answer.StatusCode;
    }
}
