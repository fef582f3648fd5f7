using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Processes;
using CaseWorkflows.Host.Tests.EmbeddedPostgres;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Http;

public sealed class SecurityHeadersTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("GET", "/", true, 200)]
    [InlineData("GET", "/", false, 302)]
    [InlineData("GET", "/logga-in", false, 200)]
    [InlineData("GET", "/byt-losenord", true, 200)]
    [InlineData("GET", "/arenden", true, 200)]
    [InlineData("GET", "/arenden/0196f000-0000-7000-8000-000000000000", true, 404)]
    [InlineData("GET", "/finns-inte", true, 404)]
    [InlineData("POST", "/logga-ut", false, 303)]
    [InlineData("DELETE", "/logga-in", true, 405)]
    [InlineData("HEAD", "/", false, 302)]
    [InlineData("HEAD", "/logga-in", false, 200)]
    [InlineData("HEAD", "/arenden", true, 200)]
    [InlineData("HEAD", "/api/cases", true, 200)]
    [InlineData("HEAD", "/api/cases", false, 401)]
    [InlineData("HEAD", "/api/events", true, 405)]
    [InlineData("HEAD", "/elsa/api/workflow-definitions", true, 200)]
    [InlineData("HEAD", "/health/live", false, 200)]
    [InlineData("HEAD", "/css/base.css", false, 200)]
    [InlineData("GET", "/studio", true, 302)]
    [InlineData("GET", "/studio/workflows/definitions", true, 200)]
    [InlineData("GET", "/studio/workflows/definitions/finns-inte/edit", true, 404)]
    [InlineData("GET", "/api/me", true, 200)]
    [InlineData("GET", "/api/me", false, 401)]
    [InlineData("GET", "/api/cases", true, 200)]
    [InlineData("GET", "/api/cases/finns-inte", true, 404)]
    [InlineData("GET", "/api/tasks?view=mine", true, 200)]
    [InlineData("POST", "/api/cases", true, 400)]
    [InlineData("POST", "/api/auth/token", false, 400)]
    [InlineData("GET", "/api/finns-inte", true, 404)]
    [InlineData("GET", "/elsa/api/workflow-definitions", true, 200)]
    [InlineData("GET", "/elsa/api/workflow-definitions", false, 401)]
    [InlineData("GET", "/elsa/api/descriptors/activities", true, 200)]
    [InlineData("GET", "/openapi/v1.json", false, 200)]
    [InlineData("GET", "/health/live", false, 200)]
    [InlineData("GET", "/css/base.css", false, 200)]
    [InlineData("GET", "/studio/_framework/finns-inte.js", false, 404)]
    public async Task S_every_answer_has_its_headers_whatever_its_status(string method, string path, bool signedIn, int status)
    {
        foreach (var accept in new[] { "text/html", "application/json", null })
        {
            using var answer = await SendAsync(new HttpMethod(method), path, signedIn, accept);
            // Only a person's page load is led to the sign-in page.
            var expected = status == 302 && !signedIn && accept != "text/html" ? 401 : status;
            ((int)answer.StatusCode).Should().Be(expected, $"{accept} {await answer.Content.ReadAsStringAsync()}");
            ShouldBeGuarded(answer);
        }
    }

    [Fact]
    public async Task S_too_much_too_many_and_a_database_that_is_away_have_them_too()
    {
        using (var large = new HttpRequestMessage(HttpMethod.Post, "/api/auth/token") { Content = new ByteArrayContent(new byte[20_000]) })
        using (var answer = await fixture.Host.Client.SendAsync(large)) ShouldBeGuarded(answer, HttpStatusCode.RequestEntityTooLarge);
        using (var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/cases") { Headers = { { "Origin", "https://evil.example" } } })
        using (var answer = await fixture.Host.Client.SendAsync(foreign)) ShouldBeGuarded(answer, HttpStatusCode.Forbidden);

        await using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = folder.Path, Durable = false }, default);
        await server.EnsureDatabaseAsync("away", default);
        await using var away = await TestHost.StartAsync(
            new TestHostOptions { Arguments = [$"--ConnectionStrings:CaseWorkflows={server.ConnectionString("away")}", $"--ConnectionStrings:Migrations={server.OwnerConnectionString("away")}", "--SignIn:WrongPasswordsPerMinute=1"] });
        var token = await SignIn.TokenAsync(away.Client);
        (await GuessAsync(away)).Dispose();
        using (var answer = await GuessAsync(away)) ShouldBeGuarded(answer, HttpStatusCode.TooManyRequests);
        await server.StopAsync();
        using (var answer = await SignIn.GetAsync(away.Client, "/api/me", token)) ShouldBeGuarded(answer, HttpStatusCode.ServiceUnavailable);
        using var browser = new Browser(away.Address);
        using (var answer = await browser.PostAsync("/logga-in", ("userName", "x"), ("password", "x"))) ShouldBeGuarded(answer, HttpStatusCode.ServiceUnavailable);
    }

    private static Task<HttpResponseMessage> GuessAsync(TestHost host) =>
        host.Client.PostAsync("/api/auth/token", new StringContent("""{"userName":"x","password":"x"}""", Encoding.UTF8, "application/json"));

    [Fact]
    public async Task S_public_files_keep_their_caching_and_nothing_else_is_kept()
    {
        using var page = await SendAsync(HttpMethod.Get, "/logga-in", signedIn: false, "text/html");
        var style = (await page.Content.ReadAsStringAsync()).Split('"').First(part => part.StartsWith("/css/", StringComparison.Ordinal));
        using var file = await fixture.Host.Client.GetAsync(style);
        file.Headers.CacheControl!.ToString().Should().Contain("immutable");
        file.Headers.GetValues("Content-Security-Policy").Should().Equal("frame-ancestors 'none'");
    }

    [Fact]
    public async Task S_a_host_that_the_caller_names_is_in_no_redirect()
    {
        foreach (var (path, signedIn) in new[] { ("/arenden?q=å", false), ("/studio", true), ("/studio/workflows/definitions", false), ("/finns-inte/x", false) })
        {
            using var answer = await SendAsync(HttpMethod.Get, path, signedIn, "text/html", ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"));
            if (answer.Headers.Location is { } to) to.OriginalString.Should().StartWith("/").And.NotContain("evil");
        }
    }

    [Fact]
    public async Task S_https_before_the_proxy_is_kept_to()
    {
        using (var answer = await SendAsync(HttpMethod.Get, "/api/me", false, null, ("X-Forwarded-Proto", "https")))
            answer.Headers.GetValues("Strict-Transport-Security").Should().ContainSingle().Which.Should().StartWith("max-age=31536000");
        using (var answer = await SendAsync(HttpMethod.Get, "/api/me", false, null)) answer.Headers.Contains("Strict-Transport-Security").Should().BeFalse();
    }

    [Theory]
    [InlineData("/studio/å", "/studio/%C3%A5")]
    [InlineData("/studio/workflows/instances", "/studio/workflows/instances")]
    [InlineData("//evil.example", "/studio/workflows/definitions")]
    [InlineData("/studio/\\evil", "/studio/workflows/definitions")]
    [InlineData("/studio/\r\nSet-Cookie: a=b", "/studio/workflows/definitions")]
    [InlineData("/arenden", "/studio/workflows/definitions")]
    public async Task S_a_language_is_chosen_by_a_form_and_leads_back_to_a_page_of_Studio(string page, string to)
    {
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, "agare");
        using (var answer = await browser.PostAsync("/studio/sprak", ("till", "en"), ("sida", page)))
        {
            answer.StatusCode.Should().Be(HttpStatusCode.SeeOther);
            answer.Headers.Location!.OriginalString.Should().Be(to);
            answer.Headers.GetValues("Set-Cookie").Should().Contain(c => c.StartsWith("studio-sprak=en", StringComparison.Ordinal));
        }

        using (var answer = await browser.GetAsync("/studio/sprak?till=en&sida=" + Uri.EscapeDataString(page)))
        {
            ((int)answer.StatusCode).Should().BeInRange(400, 499);
            answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        }
    }

    [Theory]
    [InlineData("/arenden?q=å ö", "/arenden?q=%C3%A5%20%C3%B6")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    public async Task S_signing_in_leads_to_pages_of_ours(string page, string to)
    {
        using var browser = new Browser(fixture.Host.Address);
        using var answer = await browser.PostAsync("/logga-in", ("userName", "onk1.mott.a"), ("password", SignIn.Password), ("returnUrl", page));
        answer.StatusCode.Should().Be(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        answer.Headers.Location!.OriginalString.Should().Be(to);
    }

    [Fact]
    public async Task S_the_description_of_the_API_is_not_public_in_Production()
    {
        await using var database = new TestDatabase();
        await using var host = new HostProcess([$"--ConnectionStrings:CaseWorkflows={database.ConnectionString}"], "Production");
        await host.StartAsync();
        using var answer = await host.Client.GetAsync("/openapi/v1.json");
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        ShouldBeGuarded(answer);
    }

    /// <summary>Reading leaves what is read as it was: every GET route, called by somebody who may read everything.</summary>
    [Fact]
    public async Task S_no_GET_changes_anything_but_the_logs_of_reading()
    {
        var (caseId, taskId) = await CaseAsync();
        var routes = fixture.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct()
            .Where(r => !r.Contains("/events", StringComparison.Ordinal) && !r.Contains("_framework", StringComparison.Ordinal)).Order().ToList();
        routes.Should().HaveCountGreaterThan(60);
        using var browser = await Browser.SignedInAsync(fixture.Host.Address, SignIn.Administrator);
        var before = await StateAsync();
        foreach (var route in routes)
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]+\}", match =>
                route.Contains("tasks", StringComparison.Ordinal) || route.Contains("uppgifter", StringComparison.Ordinal) ? taskId : caseId);
            using var answer = await browser.GetAsync(path);
            ((int)answer.StatusCode).Should().BeLessThan(500, path);
        }

        (await StateAsync()).Should().BeEquivalentTo(before);
    }

    private static void ShouldBeGuarded(HttpResponseMessage answer, HttpStatusCode? status = null)
    {
        if (status is not null) answer.StatusCode.Should().Be(status);
        var address = answer.RequestMessage!.RequestUri!.AbsolutePath;
        string Header(string name) => string.Join(",", answer.Headers.TryGetValues(name, out var values) ? values : []);
        Header("X-Content-Type-Options").Should().Be("nosniff", address);
        Header("Content-Security-Policy").Should().Contain("frame-ancestors 'none'", address);
        Header("Referrer-Policy").Should().Be("same-origin", address);
        Header("Permissions-Policy").Should().Contain("camera=()", address);
        Header("Cross-Origin-Opener-Policy").Should().Be("same-origin", address);
        Header("Cross-Origin-Resource-Policy").Should().Be("same-origin", address);
        Header("Server").Should().BeEmpty();
        if (!address.StartsWith("/css", StringComparison.Ordinal) && !address.StartsWith("/elsa/api/descriptors", StringComparison.Ordinal))
            answer.Headers.CacheControl!.NoStore.Should().BeTrue(address);
        if (address.StartsWith("/api", StringComparison.Ordinal) || address.StartsWith("/elsa", StringComparison.Ordinal))
            Header("Content-Security-Policy").Should().Contain("default-src 'none'", address);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, bool signedIn, string? accept, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = fixture.Host.Address };
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = path == "/logga-ut" ? new FormUrlEncodedContent([]) : new StringContent("{}", Encoding.UTF8, "application/json");
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        if (signedIn) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn.TokenAsync(fixture.Host.Client));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    private async Task<(string Case, string Task)> CaseAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/cases")
        {
            Content = new StringContent("""{"unit":"Onkologimottagning 1","caseType":"Rådgivning","channel":"1177 e-tjänster","subject":"Prov","text":"Prov"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn.TokenAsync(fixture.Host.Client, "integration"));
        using var answer = await fixture.Host.Client.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        using var made = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var id = made.RootElement.GetProperty("id").GetString()!;
        await using var command = fixture.Host.Database.DataSource.CreateCommand($"SELECT id FROM task WHERE case_id = '{id}' LIMIT 1");
        return (id, (await command.ExecuteScalarAsync())!.ToString()!);
    }

    /// <summary>
    /// Every table as one number each, but for the read log (a reading leaves its row), the history (a print and a refusal are audited there),
    /// sessions and their addresses (when somebody was last here), and what the host itself keeps while it runs (its keys, its queue).
    /// </summary>
    private async Task<Dictionary<string, string>> StateAsync()
    {
        var database = fixture.Host.Database.DataSource;
        var tables = new List<string>();
        await using (var names = database.CreateCommand("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^(read_log|.*_read|sign_in_|history|data_protection_key|queue)' ORDER BY 1"))
        await using (var reader = await names.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }

        var state = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            await using var command = database.CreateCommand($"SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t");
            state[table] = (string)(await command.ExecuteScalarAsync())!;
        }

        return state;
    }
}
