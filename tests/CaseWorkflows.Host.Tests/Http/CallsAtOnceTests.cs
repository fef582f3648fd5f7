using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>How much of the host one caller can take: by many calls, and by leaving them.</summary>
public sealed class CallsAtOnceTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Arguments = ["--Limits:CallsAtOnce=1"] });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task F_1_one_callers_many_calls_take_no_turn_from_another()
    {
        var (busy, other) = (await SignIn.TokenAsync(_host.Client, "onk1.mott.a"), await SignIn.TokenAsync(_host.Client, "onk1.mott.b"));
        // A call whose body has not come yet holds its turn.
        using var held = new TcpClient();
        await held.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await held.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/cases HTTP/1.1\r\nHost: {_host.Address.Authority}\r\nAuthorization: Bearer {busy}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{"));
        await UntilAsync(busy, s => s.CurrentAvailablePermits == 0);
        var waiting = Enumerable.Range(0, 520).Select(_ => GetAsync(busy, "/api/me")).ToList();
        (await GetAsync(other, "/api/me")).StatusCode.Should().Be(HttpStatusCode.OK, "another's call does not stand in that line");
        using (var stream = new CancellationTokenSource())
        {
            using var events = new HttpRequestMessage(HttpMethod.Get, "/api/events") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", busy) } };
            using var opened = await _host.Client.SendAsync(events, HttpCompletionOption.ResponseHeadersRead, stream.Token);
            opened.StatusCode.Should().Be(HttpStatusCode.OK, "what stays open takes no turn");
        }

        await UntilAsync(busy, s => s.CurrentQueuedCount == 500 && waiting.Count(w => w.IsCompleted) == 20);
        await held.GetStream().WriteAsync("}"u8.ToArray());
        var answers = await Task.WhenAll(waiting);
        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Should().HaveCount(20);
        JsonNode.Parse(await refused[0].Content.ReadAsStringAsync())!["type"]!.ToString().Should().Be("too-many-calls");
        refused[0].Headers.RetryAfter.Should().NotBeNull();
        answers.Except(refused).Should().OnlyContain(a => a.StatusCode == HttpStatusCode.OK, "who waited in line is answered");
    }

    [Fact]
    public async Task S_8_what_was_refused_to_somebody_who_left_at_once_is_in_the_history()
    {
        var registers = await SignIn.TokenAsync(_host.Client, "onk1.mott.a");
        using var registered = await _host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/cases")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", registers) },
            Content = new StringContent("""{"unit":"Onkologimottagning 1","caseType":"Rådgivning","subject":"Råd","text":"Hej"}""", Encoding.UTF8, "application/json"),
        });
        var id = JsonNode.Parse(await registered.Content.ReadAsStringAsync())!["id"]!.ToString();
        var owner = await SignIn.TokenAsync(_host.Client, "agare");
        for (var i = 0; i < 12; i++)
        {
            using var call = new TcpClient();
            await call.ConnectAsync(_host.Address.Host, _host.Address.Port);
            await call.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/cases/{id} HTTP/1.1\r\nHost: {_host.Address.Authority}\r\nAuthorization: Bearer {owner}\r\n\r\n"));
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await RefusedAsync(id) < 12) await Task.Delay(50, patience.Token);
        (await RefusedAsync(id)).Should().Be(12);
    }

    private async Task UntilAsync(string token, Func<RateLimiterStatistics, bool> stands)
    {
        var limiter = _host.Services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;
        var call = new DefaultHttpContext { Request = { Headers = { Authorization = "Bearer " + token } } };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (limiter.GetStatistics(call) is not { } statistics || !stands(statistics)) await Task.Delay(20, patience.Token);
    }

    private async Task<HttpResponseMessage> GetAsync(string token, string path)
    {
        using var client = new HttpClient { BaseAddress = _host.Address, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync(path);
    }

    private async Task<long> RefusedAsync(string id)
    {
        await using var command = _host.Database.DataSource.CreateCommand("SELECT count(*) FROM history WHERE case_id = $1 AND refused");
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
