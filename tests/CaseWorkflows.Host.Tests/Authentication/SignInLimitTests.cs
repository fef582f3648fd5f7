using System.Net;
using System.Net.Http.Json;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Authentication;

/// <summary>What callers whom nobody knows may cost.</summary>
public sealed class SignInLimitTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Arguments = ["--SignIn:WrongPasswordsPerMinute=6"] });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task S_11_thirty_who_guess_are_told_to_wait_and_those_who_are_signed_in_go_on()
    {
        var token = await SignIn.TokenAsync(_host.Client, "onk1.mott.a");
        var guesses = Enumerable.Range(0, 30).Select(client => Task.Run(async () =>
        {
            var seen = new List<HttpResponseMessage>();
            for (var i = 0; i < 4; i++) seen.Add(await GuessAsync($"gissad{client % 7}"));
            return seen;
        })).ToList();
        for (var i = 0; i < 10; i++)
        {
            using var list = await SignIn.GetAsync(_host.Client, "/api/tasks?view=available", token);
            list.StatusCode.Should().Be(HttpStatusCode.OK);
        }

        var answers = (await Task.WhenAll(guesses)).SelectMany(a => a).ToList();
        answers.Select(a => a.StatusCode).Distinct().Should().BeEquivalentTo([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
        answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).Should().OnlyContain(a => a.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).Should().BeLessThan(3 * 6, "six a minute, and those that were under way");

        // The page says it in Swedish, and in Development a right password is never limited.
        using var browser = new Browser(_host.Address);
        using var page = await browser.PostAsync("/logga-in", ("userName", "gissad"), ("password", "fel"));
        page.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).Should().Contain("För många försök");
        (await SignIn.TokenAsync(_host.Client, "onk2.mott")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task S_11_another_address_is_believed_from_configured_proxies_only()
    {
        async Task<List<HttpStatusCode>> GuessingAsync(TestHost host)
        {
            var seen = new List<HttpStatusCode>();
            for (var i = 0; i < 9; i++)
            {
                using var answer = await GuessAsync("gissad", host, $"203.0.113.{i}");
                seen.Add(answer.StatusCode);
            }

            return seen;
        }

        (await GuessingAsync(_host)).Should().Contain(HttpStatusCode.TooManyRequests, "the header is the caller's own");
        await using var behind = await TestHost.StartAsync(new TestHostOptions { Arguments = ["--SignIn:WrongPasswordsPerMinute=6", "--Proxies:Known=127.0.0.0/8,::1"] });
        (await GuessingAsync(behind)).Should().OnlyContain(status => status == HttpStatusCode.Unauthorized);
    }

    private async Task<HttpResponseMessage> GuessAsync(string userName, TestHost? host = null, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/token") { Content = JsonContent.Create(new { userName, password = "fel" }) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return await (host ?? _host).Client.SendAsync(request);
    }
}
