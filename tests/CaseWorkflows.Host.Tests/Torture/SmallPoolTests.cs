using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Torture;

/// <summary>
/// A pool of one connection: whatever asks for a second while it holds the first never gets it. So each of these calls shows that it does not, from the
/// start of a host to the clock that moves; and two callers at once show that they do not wait for each other.
/// </summary>
public sealed class SmallPoolTests
{
    private const string Receiver = "onk1.mott.a";

    [Fact]
    public async Task No_call_asks_for_a_second_connection_while_it_holds_one()
    {
        await using var database = new TestDatabase();
        await using var host = await StartAsync(database);
        using var caller = new Caller(host);

        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add((await caller.SendAsync("integration", HttpMethod.Post, "/api/cases", NewCase()))["id"]!.ToString());
        var task = (await caller.SendAsync(Receiver, HttpMethod.Get, $"/api/tasks?case={ids[0]}"))["items"]![0]!["id"]!.ToString();
        foreach (var (verb, body) in new (string, object)[]
        {
            ("claim", new { }), ("open", new { }), ("comments", new { text = "Hej" }), ("park", new { until = "2026-04-20T10:00:00+02:00", reason = "Väntar" }),
            ("draft", new { fields = new { svarstext = "Hej" } }), ("release", new { }), ("assign", new { to = Receiver }),
        })
            await caller.SendAsync(Receiver, HttpMethod.Post, $"/api/tasks/{task}/{verb}", body);
        await caller.SendAsync(Receiver, HttpMethod.Post, $"/api/tasks/{task}/complete", new { outcome = "Fördela till ärendehanterare", fields = new { mottagare = "onk1.hant" } });
        await caller.SendAsync(Receiver, HttpMethod.Post, "/api/tasks/next", new { view = "available" });
        await caller.SendAsync("integration", HttpMethod.Post, $"/api/cases/{ids[1]}/resident-messages", new { text = "Hej" });
        foreach (var path in new[] { "", "/messages", "/notices", "/history", "/print" }) await caller.SendAsync(Receiver, HttpMethod.Get, $"/api/cases/{ids[0]}{path}");
        foreach (var path in new[]
        {
            "/api/me", "/api/clock", "/api/tasks?view=all", "/api/cases?q=Tolvan", "/api/incidents", "/api/notices/undelivered", "/api/reports/statistik", "/api/reports/ej-bevakad",
            "/api/units", "/api/units/onk1/opening-hours", "/api/units/onk1/notices", "/api/units/onk1/history", "/elsa/api/workflow-definitions", "/elsa/api/workflow-instances",
        })
            await caller.SendAsync("admin", HttpMethod.Get, path);

        // What moves triggers, what tells routines, and the clock with all that falls due.
        await caller.SendAsync("admin", HttpMethod.Patch, "/api/units/onk1/opening-hours", new { weekdays = new Dictionary<string, string[][]> { ["mån-fre"] = [["07:30", "16:00"]] } });
        await caller.SendAsync("onk.vec", HttpMethod.Post, "/api/absences", new { person = "onk1.hant2", from = "2026-04-07", to = "2026-04-17", reason = "annan" });
        await caller.SendAsync("admin", HttpMethod.Put, "/api/clock", new { now = "2026-04-14T12:00:00+02:00" });

        // Reference data that another host has changed is read in the middle of a burst, a routine that this host has not seen as well.
        await using (var change = database.DataSource.CreateCommand("UPDATE reference SET revision = revision + 1 WHERE kind = 'unit' AND id = 'onk1'")) await change.ExecuteNonQueryAsync();
        await caller.SendAsync("integration", HttpMethod.Post, "/api/cases", NewCase());
        await using var other = await StartAsync(database);
        using var elsewhere = new Caller(other);
        var open = (await elsewhere.SendAsync(Receiver, HttpMethod.Get, "/api/tasks?view=available"))["items"]![0]!["id"]!.ToString();
        await elsewhere.SendAsync(Receiver, HttpMethod.Post, $"/api/tasks/{open}/complete", new { outcome = "Fördela till ärendehanterare", fields = new { mottagare = "onk1.hant" } });

        // Sixteen at once: they take turns.
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => caller.SendAsync("integration", HttpMethod.Post, "/api/cases", NewCase())));
    }

    [Fact]
    public async Task F_1_no_reading_takes_the_rows_of_whoever_gets_its_connection_next()
    {
        await using var database = new TestDatabase();
        await using var host = await StartAsync(database, connections: 4);
        using var caller = new Caller(host);
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add((await caller.SendAsync("integration", HttpMethod.Post, "/api/cases", NewCase()))["id"]!.ToString());
        await StopAsync(database, ids[0]);
        await UndeliveredAsync(database, ids[1]);
        var reads = new[] { "/api/me", "/api/notices/undelivered", "/api/incidents", "/api/tasks?view=all", "/api/cases?limit=5" }
            .Concat(ids.SelectMany(id => new[] { "", "/messages", "/notices", "/history" }, (id, path) => $"/api/cases/{id}{path}")).ToList();
        var alone = new Dictionary<string, string>();
        foreach (var path in reads) alone[path] = (await caller.SendAsync("admin", HttpMethod.Get, path)).ToJsonString();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async reader =>
        {
            var random = new Random(reader);
            for (var i = 0; i < 60; i++)
            {
                var path = reader % 2 == 0 ? "/api/notices/undelivered" : reads[random.Next(reads.Count)];
                (await caller.SendAsync("admin", HttpMethod.Get, path)).ToJsonString().Should().Be(alone[path], path);
            }
        }));
    }

    // A case with a stopped step is read with its routine's name beside it.
    private static async Task StopAsync(TestDatabase database, string caseId)
    {
        await using var stop = database.DataSource.CreateCommand("""
            INSERT INTO incident (id, instance_id, at, trial, region, kind, message, node_id)
            SELECT gen_random_uuid(), id, created_at, false, region, 'Activity', 'Prov', 'prov' FROM instance WHERE case_id = $1 LIMIT 1
            """);
        stop.Parameters.Add(new() { Value = Guid.Parse(caseId) });
        (await stop.ExecuteNonQueryAsync()).Should().Be(1);
    }

    // Something to log the sight of, once the list is read.
    private static async Task UndeliveredAsync(TestDatabase database, string caseId)
    {
        await using var message = database.DataSource.CreateCommand("""
            INSERT INTO message (id, case_id, region, direction, kind, phrase_changed, sent_at, counts_as_first_response, delivery_state, trial)
            SELECT gen_random_uuid(), id, region, 'Ut', 'Svar', false, arrived_at, false, 'Ingen kanal', false FROM cases WHERE id = $1
            """);
        message.Parameters.Add(new() { Value = Guid.Parse(caseId) });
        (await message.ExecuteNonQueryAsync()).Should().Be(1);
    }

    private static Task<TestHost> StartAsync(TestDatabase database, int connections = 1) => TestHost.StartAsync(new TestHostOptions
    {
        Database = database, Arguments = [$"--ConnectionStrings:CaseWorkflows={database.ConnectionString};Maximum Pool Size={connections};Timeout=60"],
    });

    private static object NewCase() => new
    {
        unit = "Onkologimottagning 1", caseType = "Rådgivning", subject = "Råd", text = "Hej", patient = new { personalNumber = "19121212-1212", name = "Tolvan Tolvansson" },
    };

    private sealed class Caller(TestHost host) : IDisposable
    {
        private readonly HttpClient _client = new() { BaseAddress = host.Address, Timeout = TimeSpan.FromSeconds(120) };
        private readonly Dictionary<string, string> _tokens = [];

        public async Task<JsonNode> SendAsync(string user, HttpMethod method, string path, object? body = null)
        {
            string? token;
            lock (_tokens) _tokens.TryGetValue(user, out token);
            token ??= await SignIn.TokenAsync(_client, user);
            lock (_tokens) _tokens[user] = token;
            using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            if (body is not null) request.Content = JsonContent.Create(body);
            using var answer = await _client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.Should().BeOneOf([HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.NoContent], $"{method} {path}: {text}");
            return text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
        }

        public void Dispose() => _client.Dispose();
    }
}
