using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Authentication;

/// <summary>Two hosts on one database: what ends a session on one ends it on both, for cookies, tokens, streams and hub connections.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string Chosen = "fyra ord utan mening";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);   // far less than a stream lives, and no measure of speed

    private readonly TestDatabase _database = new();
    private TestHost _first = null!;
    private TestHost _second = null!;

    public async Task InitializeAsync()
    {
        _first = await TestHost.StartAsync(new TestHostOptions { Database = _database });
        _second = await TestHost.StartAsync(new TestHostOptions { Database = _database });
    }

    public async Task DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task F_7_a_password_set_by_another_ends_every_session_and_has_to_be_changed_first()
    {
        var old = await SignIn.TokenAsync(_first.Client, "onk1.mott.a");
        using var browser = await Browser.SignedInAsync(_second.Address, "onk1.mott.a");
        (await StatusAsync(_second, old)).Should().Be(HttpStatusCode.OK);

        (await SendAsync(_first, HttpMethod.Put, "/api/people/onk1.mott.a/password", "admin", new { password = "satt av en annan" })).Status.Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(_first, old)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(_second, old)).Should().Be(HttpStatusCode.Unauthorized);
        (await browser.StatusAsync()).Should().Be(HttpStatusCode.Redirect);
        (await CountAsync("SELECT count(*) FROM notice WHERE recipient = 'onk1.mott.a' AND delivery_state <> 'Ingen kanal' AND text LIKE '%nytt lösenord%'")).Should().Be(1, "the owner is told");
        (await CountAsync("SELECT count(*) FROM history WHERE entry ->> 'event' = 'Lösenord satt'")).Should().Be(1);

        // Nothing but the change.
        var token = await TokenAsync(_second, "onk1.mott.a", "satt av en annan");
        foreach (var path in new[] { "/api/me", "/api/tasks", "/elsa/api/workflow-definitions", "/api/events" })
        {
            using var refused = await SignIn.GetAsync(_first.Client, path, token);
            refused.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
            (await refused.Content.ReadAsStringAsync()).Should().Contain("password-change-required");
        }

        using var forced = await Browser.SignedInAsync(_first.Address, "onk1.mott.a", "satt av en annan");
        using (var page = await forced.GetAsync("/enhetens-uppgifter?q=å"))
            page.Headers.Location!.OriginalString.Should().Be("/byt-losenord?returnUrl=%2Fenhetens-uppgifter%3Fq%3D%25C3%25A5");
        (await forced.StatusAsync("/byt-losenord")).Should().Be(HttpStatusCode.OK);
        await SaysWhoSetItAsync(forced);
        using (var post = await forced.PostAsync("/arenden/nytt", ("enhet", "onk1"))) post.StatusCode.Should().Be(HttpStatusCode.Forbidden);

        (await ChangeAsync(_first, token, "satt av en annan", "kort")).Faults.Should().Equal("new");
        (await ChangeAsync(_first, token, "satt av en annan", "satt av en annan")).Faults.Should().Equal("new");
        (await ChangeAsync(_first, token, "fel", Chosen)).Faults.Should().Equal("current");
        (await ChangeAsync(_first, token, "", "onk1.mott.a 12")).Faults.Should().Equal("current", "new");
        (await ChangeAsync(_first, token, "satt av en annan", Chosen)).Status.Should().Be(HttpStatusCode.NoContent);
        (await StatusAsync(_second, token)).Should().Be(HttpStatusCode.OK, "the session that changed it lives on");
        (await forced.StatusAsync("/byt-losenord")).Should().Be(HttpStatusCode.Redirect, "every other one ends");
        (await TokenAsync(_first, "onk1.mott.a", Chosen)).Should().NotBeEmpty();
        using var after = await Browser.SignedInAsync(_second.Address, "onk1.mott.a", Chosen);
        await SaysWhoSetItAsync(after);
        using var other = await Browser.SignedInAsync(_second.Address, "onk1.mott.b");
        using var own = await other.GetAsync("/byt-losenord");
        WebUtility.HtmlDecode(await own.Content.ReadAsStringAsync()).Should().NotContain("Senast satt åt dig");
    }

    /// <summary>Whoever sets a password can sign in with it and change it: the owner sees by whom, also afterwards.</summary>
    private async Task SaysWhoSetItAsync(Browser browser)
    {
        await using var name = _database.DataSource.CreateCommand("SELECT data ->> 'displayName' FROM reference WHERE kind = 'person' AND id = 'admin'");
        using var page = await browser.GetAsync("/byt-losenord");
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).Should().Contain($"Senast satt åt dig av {await name.ExecuteScalarAsync()},");
    }

    [Fact]
    public async Task The_page_changes_the_password_and_keeps_who_did_it_signed_in()
    {
        using var browser = await Browser.SignedInAsync(_first.Address, "onk2.mott");
        using var elsewhere = await Browser.SignedInAsync(_second.Address, "onk2.mott");
        foreach (var (current, chosen, again, said) in new[]
                 {
                     ("demo", Chosen, "något annat", "inte lika"), ("fel", Chosen, Chosen, "stämmer inte"), ("demo", "lösenord1234", "lösenord1234", "lätt att gissa"),
                 })
        {
            using var refused = await browser.PostAsync("/byt-losenord", ("current", current), ("new", chosen), ("again", again));
            refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).Should().Contain(said).And.NotContain(Chosen);
        }

        using (var changed = await browser.PostAsync("/byt-losenord", ("current", "demo"), ("new", Chosen), ("again", Chosen), ("returnUrl", "/arenden?q=å")))
            changed.Headers.Location!.OriginalString.Should().Be("/arenden?q=%C3%A5");
        (await browser.StatusAsync()).Should().Be(HttpStatusCode.OK);
        (await elsewhere.StatusAsync()).Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task S_who_signs_out_leaves_nothing_to_a_copy_and_other_devices_alone()
    {
        using var browser = await Browser.SignedInAsync(_first.Address, "onk3.mott");
        using var telephone = await Browser.SignedInAsync(_first.Address, "onk3.mott");
        using var copy = new Browser(_second.Address, browser);
        var (token, other) = (await SignIn.TokenAsync(_first.Client, "onk3.mott"), await SignIn.TokenAsync(_first.Client, "onk3.mott"));
        (await copy.StatusAsync()).Should().Be(HttpStatusCode.OK);

        using (var answer = await browser.PostAsync("/logga-ut")) answer.Headers.Location!.OriginalString.Should().Be("/logga-in");
        (await copy.StatusAsync()).Should().Be(HttpStatusCode.Redirect);
        (await telephone.StatusAsync()).Should().Be(HttpStatusCode.OK);

        using (var request = new HttpRequestMessage(HttpMethod.Post, "/api/me/sign-out"))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await _first.Client.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
        }

        (await StatusAsync(_second, token)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(_second, other)).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task F_7_a_role_that_is_changed_or_ended_ends_sessions_and_a_new_one_does_not()
    {
        var token = await SignIn.TokenAsync(_first.Client, "onk1.mott.b");
        var granted = await SendAsync(_first, HttpMethod.Post, "/api/role-assignments", "onk.lokadm", new { person = "onk1.mott.b", role = "arendemottagare", unit = "onk2" });
        granted.Status.Should().Be(HttpStatusCode.Created);
        (await StatusAsync(_second, token)).Should().Be(HttpStatusCode.OK, "more rights take effect with the next call");
        (await SendAsync(_second, HttpMethod.Patch, $"/api/role-assignments/{granted.Id}", "onk.lokadm", new { to = "2026-04-01" })).Status.Should().Be(HttpStatusCode.OK);
        (await StatusAsync(_first, token)).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(_first, await SignIn.TokenAsync(_second.Client, "onk1.mott.b"))).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task F_7_a_person_who_is_renamed_or_has_left_is_signed_out_and_a_new_telephone_changes_nothing()
    {
        var token = await SignIn.TokenAsync(_first.Client, "cr.mott");
        (await PatchPersonAsync("cr.mott", new { tjänstetelefon = "070-111 11 11" })).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(_second, token)).Should().Be(HttpStatusCode.OK);

        (await PatchPersonAsync("cr.mott", new { userName = "cr.nytt" })).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(_second, token)).Should().Be(HttpStatusCode.Unauthorized);
        (await SignInStatusAsync(_second, "cr.mott")).Should().Be(HttpStatusCode.Unauthorized, "nobody has that name any longer");
        token = await SignIn.TokenAsync(_second.Client, "cr.nytt");

        (await PatchPersonAsync("cr.mott", new { employedTo = "2026-04-01" })).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(_first, token)).Should().Be(HttpStatusCode.Unauthorized);
        (await SignInStatusAsync(_first, "cr.nytt")).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_sets_the_password_of_somebody_with_more_power()
    {
        foreach (var (who, status) in new[]
                 {
                     ("onk.vec", HttpStatusCode.Forbidden), ("admin", HttpStatusCode.Forbidden), ("agare", HttpStatusCode.Forbidden), ("revisor", HttpStatusCode.Forbidden),
                     ("bup.sekr", HttpStatusCode.Forbidden), ("ro.ssk1", HttpStatusCode.NotFound), ("nobody", HttpStatusCode.NotFound),
                 })
            (await SendAsync(_first, HttpMethod.Put, $"/api/people/{who}/password", "onk.lokadm", new { password = Chosen })).Status.Should().Be(status, who);
        (await SendAsync(_first, HttpMethod.Put, "/api/people/onk.vec/password", "admin", new { password = Chosen })).Status.Should().Be(HttpStatusCode.NoContent);
        (await SendAsync(_first, HttpMethod.Put, "/api/people/onk.lokadm/password", "admin", new { password = "kort" })).Faults.Should().Equal("password");
    }

    [Fact]
    public async Task An_event_stream_closes_when_its_session_ends_on_another_host()
    {
        var token = await SignIn.TokenAsync(_first.Client, "onk1.hant");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_second.Address, "/api/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var stream = await _second.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.Should().Be(HttpStatusCode.OK);
        var end = stream.Content.ReadAsStringAsync();

        (await SendAsync(_first, HttpMethod.Put, "/api/people/onk1.hant/password", "admin", new { password = Chosen })).Status.Should().Be(HttpStatusCode.NoContent);
        (await end.WaitAsync(Soon)).Should().Contain("retry");
    }

    [Fact]
    public async Task F_7_an_event_stream_ends_with_the_employment()
    {
        var told = await StreamAsync("roR.fys");
        (await PatchPersonAsync("roR.fys", new { employedTo = "2026-04-02" })).Should().Be(HttpStatusCode.OK);
        (await told.WaitAsync(Soon)).Should().Contain("retry", "a changed employment ends the session");

        // Nobody changes anything on the last day: the date passes.
        var last = await StreamAsync("roR.fys");
        (await SendAsync(_first, HttpMethod.Put, "/api/clock", "admin", new { now = "2026-04-03T08:00:00+02:00" })).Status.Should().Be(HttpStatusCode.OK);
        _ = await StreamAsync("onk2.mott");   // a new stream makes the host look at those that are open
        (await last.WaitAsync(Soon)).Should().Contain("retry");

        async Task<Task<string>> StreamAsync(string user)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_second.Address, "/api/events"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn.TokenAsync(_first.Client, user));
            var stream = await _second.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            stream.StatusCode.Should().Be(HttpStatusCode.OK);
            return stream.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_hub_connection_closes_when_its_session_ends_on_another_host()
    {
        var token = await SignIn.TokenAsync(_first.Client, "agare");
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await socket.ConnectAsync(new UriBuilder(_second.Address) { Scheme = "ws", Path = "/elsa/hubs/workflow-instance" }.Uri, default);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        var buffer = new byte[4096];
        (await socket.ReceiveAsync(buffer, default)).Count.Should().BePositive("the handshake is answered");

        (await SendAsync(_first, HttpMethod.Post, "/api/me/sign-out", "agare", null, token)).Status.Should().Be(HttpStatusCode.NoContent);
        await FluentActions.Awaiting(async () =>
        {
            while ((await socket.ReceiveAsync(buffer, default)).MessageType != WebSocketMessageType.Close)
            {
            }
        }).Invoke().ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Soon);
        socket.State.Should().NotBe(WebSocketState.Open);
    }

    private sealed record Answer(HttpStatusCode Status, string Id, IReadOnlyList<string> Faults);

    private static async Task<Answer> SendAsync(TestHost host, HttpMethod method, string path, string user, object? body, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body ?? new { }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await SignIn.TokenAsync(host.Client, user));
        using var answer = await host.Client.SendAsync(request);
        var json = await answer.Content.ReadAsStringAsync() is { Length: > 0 } text ? JsonNode.Parse(text) as JsonObject : null;
        return new Answer(answer.StatusCode, json?["id"]?.ToString() ?? "", [.. (json?["errors"] as JsonObject)?.Select(e => e.Key).Order() ?? Enumerable.Empty<string>()]);
    }

    private static Task<Answer> ChangeAsync(TestHost host, string token, string current, string chosen) =>
        SendAsync(host, HttpMethod.Post, "/api/me/password", "", new Dictionary<string, string> { ["current"] = current, ["new"] = chosen }, token);

    private async Task<HttpStatusCode> PatchPersonAsync(string person, object changes) =>
        (await SendAsync(_first, HttpMethod.Patch, "/api/people/" + person, "admin", changes)).Status;

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string token)
    {
        using var answer = await SignIn.GetAsync(host.Client, "/api/me", token);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> SignInStatusAsync(TestHost host, string userName)
    {
        using var answer = await host.Client.PostAsJsonAsync("/api/auth/token", new { userName, password = SignIn.Password });
        return answer.StatusCode;
    }

    private static async Task<string> TokenAsync(TestHost host, string userName, string password)
    {
        using var answer = await host.Client.PostAsJsonAsync("/api/auth/token", new { userName, password });
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
