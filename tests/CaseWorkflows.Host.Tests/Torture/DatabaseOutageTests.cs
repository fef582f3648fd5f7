using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Processes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Torture;

public sealed class DatabaseOutageTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "caseworkflows-outage-" + Guid.NewGuid().ToString("N")[..8]);
    private PostgresServer _server = null!;
    private HostProcess _host = null!;

    [Fact]
    public async Task While_the_database_is_away_callers_hear_503_with_retry_after_and_then_work_goes_on_by_itself()
    {
        await SignInAsync();
        (await RegisterAsync()).Status.Should().Be(HttpStatusCode.Created);
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentQueue<(HttpStatusCode Status, bool RetryAfter)>();
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) answers.Enqueue(await RegisterAsync());
        })).ToArray();

        await Task.Delay(500);
        await _server.StopAsync(immediate: true);
        await Task.Delay(2000);
        await _server.RestartAsync(CancellationToken.None);
        var recovered = await RecoversAsync();
        await stop.CancelAsync();
        await Task.WhenAll(load);

        recovered.Should().BeTrue();
        answers.Select(a => a.Status).Distinct().Should().BeSubsetOf([HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable]);
        answers.Where(a => a.Status == HttpStatusCode.ServiceUnavailable).Should().NotBeEmpty().And.OnlyContain(a => a.RetryAfter);
    }

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = _folder, Durable = false }, CancellationToken.None);
        await _server.EnsureDatabaseAsync("outage", CancellationToken.None);
        _host = new HostProcess([$"--ConnectionStrings:CaseWorkflows={_server.ConnectionString("outage")}", $"--ConnectionStrings:Migrations={_server.OwnerConnectionString("outage")}", "--Clock:Mode=Manual", "--Clock:Now=2026-04-08T10:00:00+02:00"]);
        await _host.StartAsync(TimeSpan.FromSeconds(120));
    }

    public async Task DisposeAsync()
    {
        await _host.KillAsync();
        await _host.DisposeAsync();
        await _server.StopAsync(immediate: true);
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignInAsync()
    {
        using var answer = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = "integration", password = "demo" });
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>();
        _host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body!["accessToken"]!.GetValue<string>());
    }

    private async Task<(HttpStatusCode Status, bool RetryAfter)> RegisterAsync()
    {
        using var answer = await _host.Client.PostAsJsonAsync("/api/cases", new
        {
            unit = "Onkologimottagning 1", caseType = "Förnya recept", channel = "1177 e-tjänster", externalId = Guid.NewGuid().ToString("N"),
            patient = new { personalNumber = "19121212-1212", name = "Prov Person", birthDate = "1912-12-12", homeRegion = "VGR", digital = true },
            sender = new { kind = "Patient", name = "Prov Person" }, subject = "Prov", text = "Prov",
        });
        return (answer.StatusCode, answer.Headers.RetryAfter is not null);
    }

    private async Task<bool> RecoversAsync()
    {
        for (var i = 0; i < 300; i++)
        {
            if ((await RegisterAsync()).Status == HttpStatusCode.Created) return true;
            await Task.Delay(100);
        }

        return false;
    }
}
