using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>A host with the routines and users of the files, and a client per user. One per test class; cases keep tests apart.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 4, 2, 14, 0, 0, TimeSpan.FromHours(2));

    private readonly Dictionary<string, string> _tokens = [];
    private TestHost _host = null!;

    public NpgsqlDataSource Source => _host.Database.DataSource;

    /// <summary>Past what the host itself may do.</summary>
    public NpgsqlDataSource Owner => _host.Database.Owner;

    public IServiceProvider Services => _host.Services;

    public Uri Address => _host.Address;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Now = Now });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public Task<ApiAnswer> Get(string user, string path) => Send(user, HttpMethod.Get, path);

    public Task<ApiAnswer> Post(string user, string path, object? body = null, string? key = null) => Send(user, HttpMethod.Post, path, body, key);

    /// <summary>As this user, who signs in again when a changed role, person or password has ended the session.</summary>
    public async Task<ApiAnswer> Send(string user, HttpMethod method, string path, object? body = null, string? key = null)
    {
        var answer = await SendOnce(user, method, path, body, key);
        if (answer.Status != HttpStatusCode.Unauthorized) return answer;
        lock (_tokens) _tokens.Remove(user);
        return await SendOnce(user, method, path, body, key);
    }

    private async Task<ApiAnswer> SendOnce(string user, HttpMethod method, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(method, "/api" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(user));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiAnswer(response.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonNode.Parse(text) : null, text);
    }

    public Task<ApiAnswer> TryCase(object? more = null, string user = "integration", string? key = null)
    {
        var body = new JsonObject { ["unit"] = "Onkologimottagning 1", ["caseType"] = "Rådgivning", ["text"] = "Hemlig text", ["subject"] = "Ämne" };
        if (more is not null)
            foreach (var (name, value) in (JsonObject)JsonSerializer.SerializeToNode(more)!) body[name] = value?.DeepClone();
        return Post(user, "/cases", body.ToJsonString(), key);
    }

    /// <summary>A new case's id.</summary>
    public async Task<string> Case(object? more = null)
    {
        var answer = await TryCase(more);
        answer.Status.Should().Be(HttpStatusCode.Created, answer.Text);
        return answer.Body!["id"]!.ToString();
    }

    /// <summary>Id of the case's open task with the title.</summary>
    public async Task<string> TaskOf(string caseId, string title = "Fördela ärende")
    {
        var tasks = (await Get("admin", $"/tasks?view=all&case={caseId}&limit=100")).Body!["items"]!.AsArray();
        var task = tasks.FirstOrDefault(t => t!["title"]!.ToString() == title && t["state"]!.ToString() is "Öppen" or "Tagen");
        task.Should().NotBeNull($"case {caseId} has an open task: {(await Get("admin", $"/cases/{caseId}")).Text} {string.Join("; ", await Incidents())}");
        return task!["id"]!.ToString();
    }

    /// <summary>What went wrong in routines, which no test expects.</summary>
    private async Task<IReadOnlyList<string>> Incidents()
    {
        await using var command = Source.CreateCommand("SELECT i::text FROM incident i");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    public async Task<IReadOnlyList<JsonNode>> History(string caseId) => [.. (await Get("admin", $"/cases/{caseId}/history")).Body!.AsArray().Select(h => h!)];

    private async Task<string> Token(string user)
    {
        lock (_tokens)
            if (_tokens.TryGetValue(user, out var known)) return known;
        using var response = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
        lock (_tokens) _tokens[user] = token;
        return token;
    }

    /// <summary>A page as this user's browser gets it; its text without markup's escapes.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Page(string user, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(user));
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await _host.Client.SendAsync(request);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>A client whose stream the test reads itself.</summary>
    public async Task<HttpRequestMessage> Request(string user, string path) =>
        new(HttpMethod.Get, new Uri(Address, "/api" + path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await Token(user)) } };
}
