using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Scenarios.Driver;

/// <summary>
/// The logical operations of the scenarios (CLOCK, CASE, INBOX, DO, REPLY, MSG?, NOTICE?, AUDIT?) through the HTTP API of a real host.
/// Times are local: "2026-04-08 07:30", or "07:30" for the same day.
/// </summary>
public sealed class Scenario : IAsyncDisposable
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    private readonly TestDatabase _database;
    private readonly Dictionary<string, string> _tokens = [];
    private TestHost _host;
    private DateTime _now;

    private Scenario(TestDatabase database, TestHost host, DateTime now)
    {
        _database = database;
        _host = host;
        _now = now;
    }

    public static async Task<Scenario> StartAsync(string clock)
    {
        var now = DateTime.Parse(clock, CultureInfo.InvariantCulture);
        var database = await TestDatabase.SeededAsync(At(now));
        return new Scenario(database, await TestHost.StartAsync(new TestHostOptions { Now = At(now), Database = database }), now);
    }

    /// <summary>Stops the host and starts another on the same database.</summary>
    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        // The seed of the clock differs on purpose: what the database says has to win.
        _host = await TestHost.StartAsync(new TestHostOptions { Now = At(new DateTime(2020, 1, 1)), Database = _database });
    }

    public static DateTimeOffset At(DateTime local) => new(local, Stockholm.GetUtcOffset(local));

    public static DateTimeOffset At(string local) => At(DateTime.Parse(local, CultureInfo.InvariantCulture));

    public async Task Clock(string time)
    {
        _now = time.Length <= 5 ? _now.Date + TimeSpan.Parse(time, CultureInfo.InvariantCulture) : DateTime.Parse(time, CultureInfo.InvariantCulture);
        (await Send("admin", HttpMethod.Put, "/api/clock", new JsonObject { ["now"] = At(_now).ToString("O", CultureInfo.InvariantCulture) })).ShouldBeOk();
    }

    public Task<Answer> TryCase(string unit, string caseType, JsonObject? more = null)
    {
        var body = new JsonObject
        {
            ["unit"] = unit, ["caseType"] = caseType, ["channel"] = "1177 e-tjänster", ["externalId"] = Guid.NewGuid().ToString(),
            ["patient"] = new JsonObject { ["personalNumber"] = "19121212-1212", ["name"] = "Tolvan Tolvansson", ["birthDate"] = "1912-12-12", ["homeRegion"] = "VGR", ["digital"] = true },
            ["sender"] = new JsonObject { ["kind"] = "Patient", ["name"] = "Tolvan Tolvansson" },
            ["subject"] = "Ärende", ["text"] = "Text från invånaren"
        };
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return Send("integration", HttpMethod.Post, "/api/cases", body);
    }

    public async Task<CaseHandle> Case(string unit, string caseType, JsonObject? more = null)
    {
        var answer = await TryCase(unit, caseType, more);
        answer.ShouldBe(201);
        return new CaseHandle(this, answer.Body!["id"]!.ToString());
    }

    /// <summary>What the user has and may take.</summary>
    public async Task<IReadOnlyList<TaskRow>> Inbox(string user, CaseHandle? of = null)
    {
        var rows = new List<TaskRow>();
        foreach (var view in new[] { "mine", "available" }) rows.AddRange(await Tasks(user, $"view={view}{(of is null ? "" : "&case=" + of.Id)}"));
        return [.. rows.DistinctBy(r => r.Id)];
    }

    public async Task<IReadOnlyList<TaskRow>> Tasks(string user, string query)
    {
        var answer = await Send(user, HttpMethod.Get, $"/api/tasks?{query}&limit=200");
        answer.ShouldBe(200);
        return [.. ((JsonArray)answer.Body!["items"]!).Select(i => TaskRow.From(i!))];
    }

    /// <summary>Titles of the open tasks of a case, locked ones included.</summary>
    public async Task<IReadOnlyList<string>> OpenTasks(CaseHandle of) =>
        [.. (await Tasks("admin", $"view=all&case={of.Id}")).Where(t => t.State is "Öppen" or "Tagen" or "Låst").Select(t => t.Title)];

    public Task<Answer> Do(string user, CaseHandle of, string task, string outcome, JsonObject? fields = null) => DoTask(user, task, outcome, fields, of);

    /// <summary>Completes the user's task with that title; 404 when no such task exists.</summary>
    public async Task<Answer> DoTask(string user, string task, string outcome, JsonObject? fields = null, CaseHandle? of = null, string? unit = null)
    {
        var mine = (await Inbox(user, of)).Where(t => t.Title == task && (unit is null || t.Unit == unit)).ToList();
        var found = mine.FirstOrDefault()
            ?? (await Tasks("admin", "view=all" + (of is null ? "" : "&case=" + of.Id))).Where(t => t.Title == task && (unit is null || t.Unit == unit))
                .OrderBy(t => t.State is "Öppen" or "Tagen" or "Låst" ? 0 : 1).FirstOrDefault();
        if (found is null) return new Answer(System.Net.HttpStatusCode.NotFound, null);
        return await Complete(user, found.Id, outcome, fields);
    }

    public Task<Answer> Complete(string user, string taskId, string outcome, JsonObject? fields = null) =>
        Send(user, HttpMethod.Post, $"/api/tasks/{taskId}/complete", new JsonObject { ["outcome"] = outcome, ["fields"] = fields?.DeepClone() ?? new JsonObject() });

    public async Task<JsonNode> Task(string user, string taskId)
    {
        var answer = await Send(user, HttpMethod.Get, $"/api/tasks/{taskId}");
        answer.ShouldBe(200);
        return answer.Body!;
    }

    /// <summary>The one open task with the title, as its details show it to somebody who has it before them.</summary>
    public async Task<JsonNode> Open(string user, CaseHandle of, string title)
    {
        var answer = await Send(user, HttpMethod.Post, $"/api/tasks/{(await Inbox(user, of)).Single(t => t.Title == title).Id}/open");
        answer.ShouldBe(200);
        return answer.Body!;
    }

    public async Task Reply(CaseHandle of, string text) =>
        (await Send("integration", HttpMethod.Post, $"/api/cases/{of.Id}/resident-messages", new JsonObject { ["text"] = text })).ShouldBeOk();

    public async Task<IReadOnlyList<JsonNode>> List(string path, string user = "admin")
    {
        var answer = await Send(user, HttpMethod.Get, path);
        answer.ShouldBe(200);
        return [.. ((answer.Body as JsonArray) ?? (JsonArray)answer.Body!["items"]!).Select(n => n!)];
    }

    /// <param name="key">The idempotency key; null makes a new one for each call that changes something.</param>
    public async Task<Answer> Send(string user, HttpMethod method, string path, JsonNode? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(user));
        if (method != HttpMethod.Get) request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await _host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length > 0 && text[0] is '{' or '[' ? JsonNode.Parse(text) : text.Length == 0 ? null : JsonValue.Create(text));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        var twice = await ToldTwiceAsync();
        await _database.DisposeAsync();
        twice.Should().BeEmpty("one change is told once");
    }

    /// <summary>Entries of the history that one transaction has written twice for the same change.</summary>
    private async Task<IReadOnlyList<string>> ToldTwiceAsync()
    {
        await using var command = _database.DataSource.CreateCommand("""
            SELECT stream || ': ' || (entry ->> 'event') || ' ' || coalesce(entry ->> 'before', '') || ' → ' || coalesce(entry ->> 'after', '')
            FROM history
            GROUP BY stream, xmin::text, entry ->> 'event', entry ->> 'task', task_id, entry ->> 'before', entry ->> 'after', entry ->> 'messageId', entry -> 'actor'
            HAVING count(*) > 1
            UNION ALL
            SELECT stream || ': ' || (entry ->> 'event') FROM history
            WHERE entry ->> 'event' IN ('Ärendet avslutat', 'Ärendet öppnat igen', 'Ärendetyp ändrad')
            GROUP BY stream, xmin::text, entry ->> 'event', entry ->> 'before' HAVING count(*) > 1
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }

    private async Task<string> Token(string user)
    {
        if (_tokens.TryGetValue(user, out var token)) return token;
        using var response = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
        response.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, $"{user} signs in");
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return _tokens[user] = body["accessToken"]!.ToString();
    }
}
