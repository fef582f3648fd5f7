using System.Net;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Http;

public sealed class SameOriginGuardTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Referer", "https://evil.example/page")]
    public async Task An_unsafe_call_from_another_site_is_refused(string header, string value) =>
        (await SendAsync(HttpMethod.Post, (header, value), ("Cookie", "caseworkflows=x"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);

    [Fact]
    public async Task An_unsafe_call_with_the_cookie_that_hides_where_it_comes_from_is_refused() =>
        (await SendAsync(HttpMethod.Delete, ("Cookie", "caseworkflows=x"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);

    [Fact]
    public async Task The_hub_is_guarded_too()
    {
        var answer = await SendAsync(HttpMethod.Get, ("Cookie", "caseworkflows=x"), ("Origin", "https://evil.example"),
            ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Authorization", "Bearer x")]
    public async Task Our_own_pages_and_integrations_pass_the_guard(string header, string value) =>
        (await SendAsync(HttpMethod.Post, (header, value), ("Cookie", "caseworkflows=x"))).StatusCode.Should().NotBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task Our_own_origin_passes() =>
        (await SendAsync(HttpMethod.Post, ("Origin", fixture.Host.Address.GetLeftPart(UriPartial.Authority)), ("Cookie", "caseworkflows=x")))
            .StatusCode.Should().NotBe(HttpStatusCode.Forbidden);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = fixture.Host.Address };
        using var request = new HttpRequestMessage(method, "/api/nothing");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
