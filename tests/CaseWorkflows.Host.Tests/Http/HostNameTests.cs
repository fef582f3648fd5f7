using System.Net.Sockets;
using System.Text;

namespace CaseWorkflows.Host.Tests.Http;

/// <summary>Pages make addresses of the host that a request names: one that is none is refused at the door, and a probe that names none is answered.</summary>
public sealed class HostNameTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    public static TheoryData<string> Hosts =>
    [
        "a..b", "..", ".", "~", "a:99999", "xn--a", new string('a', 300), "a b", "a/b", "a@b", "a?b", "[::", "a:b", "%", "a#b",
    ];

    [Theory, MemberData(nameof(Hosts))]
    public async Task F_2_a_host_that_is_none_is_refused_on_every_page(string host)
    {
        foreach (var path in new[] { "/logga-in", "/", "/arenden", "/studio/workflows/definitions", "/api/me", "/finns-inte" })
            (await StatusAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")).Should().Be(400, $"{host} {path}");
    }

    [Theory]
    [InlineData("GET /logga-in HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET /health/live HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET /logga-in HTTP/1.1\r\nHost: exempel.se:8080\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET /logga-in HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET /logga-in HTTP/1.1\r\nHost: xn--rksmrgs-5wao1o.se\r\nConnection: close\r\n\r\n", 200)]
    public async Task A_host_that_is_one_or_a_probe_without_is_answered(string request, int status) => (await StatusAsync(request)).Should().Be(status);

    private async Task<int> StatusAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(fixture.Host.Address.Host, fixture.Host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
