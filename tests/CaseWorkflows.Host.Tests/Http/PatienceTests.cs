using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>Callers who hold a connection and do nothing with it: event streams, heads and bodies that never end.</summary>
public sealed class PatienceTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private const int Streams = 150;
    private const int HalfHeads = 100;
    private const int SlowBodies = 50;

    [Fact]
    public async Task S_open_streams_half_heads_and_slow_bodies_hold_nobody_up()
    {
        var token = await SignIn.TokenAsync(fixture.Host.Client, "onk1.mott.a");
        var alone = await CallsAsync(token);
        var held = new List<TcpClient>();
        try
        {
            for (var i = 0; i < Streams; i++) held.Add(await SendAsync($"GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"));
            for (var i = 0; i < HalfHeads; i++) held.Add(await SendAsync("GET /api/tasks HTTP/1.1\r\nHost: localh"));
            for (var i = 0; i < SlowBodies; i++)
                held.Add(await SendAsync($"POST /api/cases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"unit\":"));
            // Every stream has begun.
            var first = new byte[12];
            await held[Streams - 1].GetStream().ReadExactlyAsync(first);
            Encoding.ASCII.GetString(first).Should().Be("HTTP/1.1 200");
            (await CallsAsync(token)).Should().BeLessThan((alone * 10) + TimeSpan.FromSeconds(2));
        }
        finally
        {
            held.ForEach(c => c.Dispose());
        }
    }

    /// <summary>How long twenty ordinary calls take, one after the other.</summary>
    private async Task<TimeSpan> CallsAsync(string token)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await SignIn.GetAsync(fixture.Host.Client, "/api/tasks?view=available", token);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        return clock.Elapsed;
    }

    private async Task<TcpClient> SendAsync(string text)
    {
        var client = new TcpClient();
        await client.ConnectAsync(fixture.Host.Address.Host, fixture.Host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }
}
