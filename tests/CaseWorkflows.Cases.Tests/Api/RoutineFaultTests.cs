using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Api;

/// <summary>Whatever a routine works out that cannot be kept is an incident of its step: the resident's message is taken in, the answer given.</summary>
public sealed class RoutineFaultTests(RoutineFaultTests.Fixture fixture) : IClassFixture<RoutineFaultTests.Fixture>
{
    private const string LongText = """Array.from({ length: 9000 }, (_, i) => String.fromCharCode(0x4e00 + (i * 7919) % 20000)).join("")""";

    private const string RunsSql = "SELECT count(*) FROM instance i JOIN cases c ON c.id = i.case_id WHERE i.definition_id = 'prov-en-uppgift'";

    // What no step is made for: too long, too deep, no number, out of every calendar, of every wrong kind.
    private static readonly string[] Absurd =
    [
        LongText, "NaN", "Infinity", "-1e308", "2147483648", "-1", Nested(31), Nested(60), "\"a\\u0000b\"", "\"Hej \\ud83d\"", "({ a: { b: [1, {}] } })", "[]", "new Date(8.64e15)",
        "\"9999-12-31T23:59:59Z\"", "\"0001-01-01\"", "Array.from({ length: 5000 }, (_, i) => \"x\" + i)", "true", $"[{LongText}]", "\"{\\\"a\\\":\"", "\"\\u202e\"", $"({{ a: {LongText} }})",
        "[{ label: 1, type: [] }]", "\"../../x\"", "[null, [null]]",
    ];

    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task Absurd_values_in_any_input_of_any_activity_never_refuse_a_case()
    {
        var random = new Random(20261127);
        var earlier = await CountAsync(RunsSql);
        var posted = 0;
        var bad = new ConcurrentQueue<string>();
        foreach (var activity in _host.Services.GetRequiredService<ActivityRegistry>().Descriptors.Where(a => a.Inputs.Any(i => i.IsWrapped)))
        {
            // What is sent to staff may not be worked out at all; publishing sees to that.
            var inputs = activity.Inputs.Where(i => i.IsWrapped && !(activity.Name == "StaffNotice" && i.Name is "Text" or "Subject") && i.Name != "ReminderText").ToList();
            var step = Step("prov", activity.TypeName, [.. inputs.Select(i => (i.JsonName, Chosen(i)))]);
            if (activity.Name == "SetVariable") step["variable"] = new JsonObject { ["id"] = "svar", ["name"] = "svar" };
            await PublishAsync(step);
            var tries = inputs.SelectMany(i => new[] { 0, random.Next(1, Absurd.Length) }.Select(v => $"{i.Name}:{v}")).ToList();
            posted += tries.Count;
            await Parallel.ForEachAsync(tries, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (choice, ct) =>
            {
                using var answer = await SendAsync("integration", HttpMethod.Post, "/api/cases", Case(choice));
                if ((int)answer.StatusCode != 201) bad.Enqueue($"{activity.TypeName} {choice}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
            });
        }

        bad.Should().BeEmpty();
        (await CountAsync("SELECT count(*) FROM cases")).Should().BeGreaterThanOrEqualTo(posted);
        (await CountAsync(RunsSql) - earlier).Should().Be(posted, "each case has its routine, however it went");
        (await CountAsync("SELECT count(*) FROM queue WHERE error LIKE '%Databasen%'")).Should().Be(0);
    }

    [Theory]
    [InlineData("Elsa.Correlate", "correlationId", LongText, "högst 200 tecken")]
    [InlineData("CaseWorkflows.MoveCase", "toUnit", "\"finns-inte\"", "Enheten finns inte i regionen.")]
    [InlineData("CaseWorkflows.ReclassifyCase", "caseType", "\"nope\"", "Ärendetypen finns inte.")]
    [InlineData("CaseWorkflows.SetCaseStatus", "status", LongText, "högst 200 tecken")]
    public async Task A_steps_fault_is_its_incident_at_intake_and_at_completion(string type, string input, string script, string told)
    {
        await PublishAsync(Step("fel", type, (input, script)));
        var taken = await CaseAsync("x");
        (await IncidentAsync(taken)).Should().Contain(told);

        await PublishAsync(Step("gör", "CaseWorkflows.HumanTask", ("title", "\"Gör\""), ("roles", "[\"arendemottagare\"]"), ("outcomes", "[\"Klar\"]")), Step("fel", type, (input, script)));
        var waiting = await CaseAsync("x");
        await CompleteAsync(waiting, 204);
        (await IncidentAsync(waiting)).Should().Contain(told);
    }

    [Fact]
    public async Task A_value_for_a_field_of_the_form_is_still_refused_to_whoever_gave_it()
    {
        await PublishAsync(
            Step("gör", "CaseWorkflows.HumanTask", ("title", "\"Gör\""), ("roles", "[\"arendemottagare\"]"), ("outcomes", "[\"Klar\"]"), ("form", "[{ label: \"Enhet\", type: \"text\" }]")),
            Step("flytta", "CaseWorkflows.MoveCase", ("toUnit", "getSvar().falt.enhet")));
        var id = await CaseAsync("x");
        (await CompleteAsync(id, 400, ("enhet", "finns-inte"))).Should().Contain("Enheten finns inte i regionen.");
        (await CountAsync($"SELECT count(*) FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.case_id = '{id}'")).Should().Be(0);
        await CompleteAsync(id, 204, ("enhet", "onk1"));
    }

    [Theory]
    [InlineData("[\"Skriv något annat\"]", 400)]
    [InlineData("\"Skriv något annat\"", 400)]
    [InlineData("({ team: \"Skriv något annat\" })", 400)]
    [InlineData("[]", 204)]
    [InlineData("false", 204)]
    [InlineData("({})", 204)]
    public async Task Checks_may_say_what_is_wrong_in_a_list_too(string checks, int status)
    {
        await PublishAsync(Step("gör", "CaseWorkflows.HumanTask", ("title", "\"Gör\""), ("roles", "[\"arendemottagare\"]"), ("outcomes", "[\"Klar\"]"),
            ("form", "[{ label: \"Team\", type: \"text\" }]"), ("checks", checks)));
        var answer = await CompleteAsync(await CaseAsync("x"), status);
        if (status == 400) answer.Should().Contain("Skriv något annat");
    }

    [Fact]
    public async Task A_case_type_that_nobody_knows_is_not_written_to_the_case()
    {
        await PublishAsync(Step("gör", "CaseWorkflows.HumanTask", ("title", "\"Gör\""), ("roles", "[\"arendemottagare\"]"), ("outcomes", "[\"Klar\"]"),
            ("form", "[{ label: \"Typ\", type: \"text\" }]"), ("writeBack", "({ typ: \"caseType\" })")));
        var id = await CaseAsync("x");
        (await CompleteAsync(id, 400, ("typ", "finns inte"))).Should().Contain("Ärendetypen finns inte.");
        await CompleteAsync(id, 204, ("typ", "Förnya recept"));
        (await TextAsync($"SELECT case_type FROM cases WHERE id = '{id}'")).Should().Be("recept");
    }

    [Fact]
    public async Task A_number_that_is_none_is_nothing_and_can_be_shown()
    {
        await PublishAsync(Step("sätt", "CaseWorkflows.HumanTask", ("title", "\"Gör\""), ("roles", "[\"arendemottagare\"]"), ("outcomes", "[\"Klar\"]"),
            ("formAdjustments", "({ team: { value: [NaN, 1 / 0, parseInt(\"abc\")] } })"), ("form", "[{ label: \"Team\", type: \"text\" }]")));
        var id = await CaseAsync("x");
        (await CountAsync($"SELECT count(*) FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.case_id = '{id}'")).Should().Be(0);
        var run = await TextAsync($"SELECT id::text FROM instance WHERE case_id = '{id}' AND definition_id = 'prov-en-uppgift'");
        foreach (var path in new[] { "", "/variables", "/export" })
        {
            using var answer = await SendAsync("agare", HttpMethod.Get, $"/elsa/api/workflow-instances/{run}{path}");
            ((int)answer.StatusCode).Should().BeLessThan(500, path);
        }
    }

    private static string Nested(int depth) => $"(() => {{ var a = 1; for (var i = 0; i < {depth}; i++) a = [a]; return a; }})()";

    /// <summary>The absurd value that the case's text names for this input, and a plain one for the others.</summary>
    private static string Chosen(InputDescriptor input)
    {
        var plain = !input.Required ? "null" : input.Choices.FirstOrDefault().Value is { } choice ? $"\"{choice}\""
            : input.ClrType == typeof(object) ? "[\"arendemottagare\"]" : input.ClrType == typeof(TimeSpan) ? "\"01:00:00\"" : "\"1\"";
        return $"(() => {{ var p = arende.text.split(\":\"); return p[0] === \"{input.Name}\" ? [{string.Join(", ", Absurd.Select(a => $"() => {a}"))}][Number(p[1])]() : {plain}; }})()";
    }

    private static JsonObject Step(string id, string type, params (string Input, string Script)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (input, script) in inputs)
            step[input] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = $"return {script};" } };
        return step;
    }

    private async Task PublishAsync(params JsonObject[] steps)
    {
        var store = _host.Services.GetRequiredService<IDefinitionStore>();
        var change = new DefinitionChange("prov", "Prov", DateTimeOffset.UtcNow);
        var document = new JsonObject
        {
            ["definitionId"] = OneTaskRoutine.DefinitionId, ["name"] = "Prov", ["version"] = 1,
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "svar", ["name"] = "svar", ["typeName"] = "Object" }),
            ["root"] = new JsonObject { ["id"] = "följd", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray([.. steps]) },
        };
        await store.SaveAsync(new SaveDraft { DefinitionId = OneTaskRoutine.DefinitionId, Document = document, Region = DefinitionFiles.Shared, Change = change, Force = true }, default);
        await store.PublishAsync(OneTaskRoutine.DefinitionId, change, default);
    }

    private static JsonObject Case(string text) => new() { ["unit"] = "Onkologimottagning 1", ["caseType"] = "Rådgivning", ["text"] = text, ["subject"] = "Ämne" };

    private async Task<string> CaseAsync(string text)
    {
        using var answer = await SendAsync("integration", HttpMethod.Post, "/api/cases", Case(text));
        var body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).Should().Be(201, body);
        return JsonNode.Parse(body)!["id"]!.ToString();
    }

    private async Task<string> CompleteAsync(string caseId, int status, params (string Key, string Value)[] fields)
    {
        var task = await TextAsync($"SELECT id::text FROM task WHERE case_id = '{caseId}' AND state IN ('Öppen', 'Tagen')");
        var body = new JsonObject { ["outcome"] = "Klar", ["fields"] = new JsonObject([.. fields.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))]) };
        using var answer = await SendAsync("onk1.mott.a", HttpMethod.Post, $"/api/tasks/{task}/complete", body);
        var text = await answer.Content.ReadAsStringAsync();
        if (status == 204) answer.IsSuccessStatusCode.Should().BeTrue(text);
        else ((int)answer.StatusCode).Should().Be(status, text);
        return text;
    }

    private Task<string> IncidentAsync(string caseId) =>
        TextAsync($"SELECT x.message FROM incident x JOIN instance i ON i.id = x.instance_id WHERE i.case_id = '{caseId}' AND x.node_id LIKE '%fel' AND x.resolved_at IS NULL");

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("Nothing: " + sql));
    }

    private async Task<HttpResponseMessage> SendAsync(string user, HttpMethod method, string path, JsonObject? body = null)
    {
        if (!_tokens.TryGetValue(user, out var token))
        {
            using var signedIn = await _host.Client.PostAsJsonAsync("/api/auth/token", new { userName = user, password = "demo" });
            token = _tokens[user] = JsonNode.Parse(await signedIn.Content.ReadAsStringAsync())!["accessToken"]!.ToString();
        }

        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        if (body is not null) request.Content = JsonContent.Create(body);
        return await _host.Client.SendAsync(request);
    }

    /// <summary>A host in which every case starts the same routine.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public TestHost Host { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await TestHost.StartAsync();
            await OneTaskRoutine.PublishAsync(Host.Services);
        }

        public Task DisposeAsync() => Host.DisposeAsync().AsTask();
    }
}
