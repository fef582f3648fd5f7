using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Runtime;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CaseWorkflows.Host.Tests.Torture;

/// <summary>
/// Two hosts with a pool of two connections each, and 32 clients who do everything to the same few cases while reference data is edited all the
/// time. Short here; CASEWORKFLOWS_CROWD_SECONDS makes it as long as one likes.
/// </summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Clients = 32;
    private static readonly string[] Staff = ["onk1.mott.a", "onk1.mott.b", "onk1.hant", "onk1.hant2"];
    private static readonly TimeSpan Length =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("CASEWORKFLOWS_CROWD_SECONDS") ?? "12", CultureInfo.InvariantCulture));

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private int _edits;
    private readonly ConcurrentDictionary<int, int> _answers = new();
    private readonly ConcurrentBag<string> _broken = [];
    private readonly ConcurrentBag<string> _cases = [];
    private readonly ConcurrentBag<string> _comments = [];
    private readonly ConcurrentBag<string> _messages = [];
    private readonly ConcurrentBag<string> _done = [];

    [Fact]
    public async Task Nobody_gets_an_error_but_busy_and_nothing_is_lost()
    {
        await using var database = new TestDatabase();
        await using var first = await StartAsync(database);
        await using var second = await StartAsync(database);
        using var one = Client(first);
        using var other = Client(second);
        HttpClient[] hosts = [one, other];
        foreach (var user in Staff.Concat(["integration", "admin"])) _tokens[user] = await SignIn.TokenAsync(one, user);
        var shared = new List<string>();
        for (var i = 0; i < 4; i++) shared.Add((await SendAsync(one, "integration", HttpMethod.Post, "/api/cases", NewCase())).Body!["id"]!.ToString());

        var until = DateTime.UtcNow + Length;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(n => RunAsync(hosts[n % 2], n, shared, until)));

        output.WriteLine(string.Join(", ", _answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}")));
        output.WriteLine($"{_cases.Count} cases, {_comments.Count} comments, {_messages.Count} messages, {_done.Count} completions");
        _broken.Should().BeEmpty();
        _edits.Should().BePositive("reference data is edited meanwhile");
        new[] { _cases.Count, _comments.Count, _messages.Count, _done.Count }.Should().AllSatisfy(n => n.Should().BePositive("each kind of work got through"));
        await NothingIsLostAsync(database, first);
    }

    private bool Waiting => _cases.IsEmpty || _comments.IsEmpty || _messages.IsEmpty || _done.IsEmpty || _edits == 0;

    private async Task RunAsync(HttpClient client, int number, List<string> shared, DateTime until)
    {
        var random = new Random(number);
        var user = Staff[number % Staff.Length];
        // On a slow machine longer: until every kind of work has got through at least once.
        while (DateTime.UtcNow < until || (Waiting && DateTime.UtcNow < until + Patience))
        {
            var id = shared[random.Next(shared.Count)];
            switch (number < 4 ? number % 2 : 2 + random.Next(8))
            {
                case 0:
                    await SendAsync(client, "admin", HttpMethod.Patch, "/api/units/onk1/opening-hours",
                        new { weekdays = new Dictionary<string, string[][]> { ["mån-fre"] = [["07:30", $"16:{random.Next(10, 60)}"]] } });
                    break;
                case 1:
                    if ((await SendAsync(client, "admin", HttpMethod.Patch, "/api/units/onk2", new { address = $"Gatan {random.Next(1000)}" })).Status == 200) Interlocked.Increment(ref _edits);
                    break;
                case 2:
                    var made = await SendAsync(client, "integration", HttpMethod.Post, "/api/cases", NewCase());
                    if (made.Status == 201) _cases.Add(made.Body!["id"]!.ToString());
                    break;
                case 3:
                    var text = Guid.NewGuid().ToString();
                    if ((await SendAsync(client, "integration", HttpMethod.Post, $"/api/cases/{id}/resident-messages", new { text })).Status == 202) _messages.Add(text);
                    break;
                case 4:
                    await SendAsync(client, user, HttpMethod.Get, $"/api/cases/{id}");
                    await SendAsync(client, user, HttpMethod.Get, $"/api/cases/{id}/history");
                    break;
                default:
                    await WorkAsync(client, user, id, random);
                    break;
            }
        }
    }

    /// <summary>Something with an open task of the case, whatever others do with it.</summary>
    private async Task WorkAsync(HttpClient client, string user, string id, Random random)
    {
        var listed = await SendAsync(client, user, HttpMethod.Get, $"/api/tasks?case={id}");
        if (listed.Status != 200 || listed.Body!["items"]!.AsArray() is not { Count: > 0 } items) return;
        var task = items[random.Next(items.Count)]!;
        var address = $"/api/tasks/{task["id"]}";
        switch (random.Next(9))
        {
            case 0: await SendAsync(client, user, HttpMethod.Post, address + "/claim", new { skäl = "Behövs" }); break;
            case 1: await SendAsync(client, user, HttpMethod.Post, address + "/release"); break;
            case 2: await SendAsync(client, user, HttpMethod.Post, address + "/open"); break;
            case 3: await SendAsync(client, user, HttpMethod.Post, address + "/assign", new { to = Staff[random.Next(Staff.Length)] }); break;
            case 4: await SendAsync(client, user, HttpMethod.Post, address + "/park", new { until = "2026-04-20T10:00:00+02:00", reason = "Väntar" }); break;
            case 5: await SendAsync(client, user, HttpMethod.Post, address + "/draft", new { fields = new { svarstext = "Hej" } }); break;
            case 6 when random.Next(3) == 0:
                var outcomes = (await SendAsync(client, user, HttpMethod.Get, address)).Body?["outcomes"]?.AsArray();
                if (outcomes is not { Count: > 0 }) return;
                var outcome = outcomes.Select(o => o!["name"]!.ToString()).FirstOrDefault(o => o is "Fördela till ärendehanterare" or "Återlämna till ärendemottagare");
                if (outcome is null) return;
                var done = await SendAsync(client, user, HttpMethod.Post, address + "/complete", new { outcome, fields = new { mottagare = "onk1.hant", skäl = "Behövs", motivering = "Åter" } });
                if (done.Status == 200) _done.Add(task["id"]!.ToString());
                break;
            default:
                var text = Guid.NewGuid().ToString();
                if ((await SendAsync(client, user, HttpMethod.Post, address + "/comments", new { text })).Status == 200) _comments.Add(text);
                break;
        }
    }

    private async Task NothingIsLostAsync(TestDatabase database, TestHost host)
    {
        async Task<long> Count(string sql, params string[] values)
        {
            await using var command = database.DataSource.CreateCommand(sql);
            if (sql.Contains("$1", StringComparison.Ordinal)) command.Parameters.Add(new() { Value = values });
            return (long)(await command.ExecuteScalarAsync())!;
        }

        (await Count("SELECT count(*) FROM cases WHERE id::text = ANY ($1)", [.. _cases])).Should().Be(_cases.Count);
        (await Count("SELECT count(*) FROM task_comment WHERE text = ANY ($1)", [.. _comments])).Should().Be(_comments.Count);
        (await Count("SELECT count(*) FROM message_content WHERE text = ANY ($1)", [.. _messages])).Should().Be(_messages.Count);
        (await Count("SELECT count(*) FROM task WHERE state = 'Klar' AND id::text = ANY ($1)", [.. _done])).Should().Be(_done.Count);
        (await Count("SELECT count(*) FROM history WHERE entry ->> 'event' = 'Uppgift slutförd' AND task_id::text = ANY ($1)", [.. _done])).Should().Be(_done.Count);
        (await Count("SELECT count(*) FROM verify_history()")).Should().Be(0);
        (await Count("SELECT count(*) FROM incident")).Should().Be(0);
        (await Count("SELECT count(*) FROM queue WHERE failed_at IS NOT NULL")).Should().Be(0);
        (await Count("SELECT count(*) FROM idempotency WHERE status IS NULL AND created_at < clock_timestamp() - interval '1 minute'")).Should().Be(0);
        (await host.Services.GetRequiredService<IJournalVerifier>().VerifyAsync()).Problems.Should().BeEmpty();
    }

    private async Task<(int Status, JsonNode? Body)> SendAsync(HttpClient client, string user, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _tokens[user]) } };
        if (method != HttpMethod.Get) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await client.SendAsync(request);
        var status = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync();
        _answers.AddOrUpdate(status, 1, (_, n) => n + 1);
        if (status >= 500 && status != 503) _broken.Add($"{status} {method} {path}: {text}");
        return (status, text.Length > 0 && text[0] is '{' or '[' ? JsonNode.Parse(text) : null);
    }

    private static HttpClient Client(TestHost host) => new() { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(3) };

    private static Task<TestHost> StartAsync(TestDatabase database) => TestHost.StartAsync(new TestHostOptions
    {
        Database = database, Arguments = [$"--ConnectionStrings:CaseWorkflows={database.ConnectionString};Maximum Pool Size=2;Timeout=20"],
    });

    private static object NewCase() => new { unit = "Onkologimottagning 1", caseType = "Rådgivning", subject = "Råd", text = "Hej", patient = new { name = "Tolvan Tolvansson" } };
}
