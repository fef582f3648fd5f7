using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Reading;

/// <summary>Every GET route of both APIs and of the pages: whatever shows a patient's data leaves a row that says who read it.</summary>
public sealed class ReadLogWalkTests : IAsyncLifetime
{
    private const string ApiKey = "0123456789-0123456789-0123456789-key";
    private static readonly string[] Marks = ["Tolvan Läsmärke", "191212121212", "19121212-1212", "Ämnesmärke", "Textmärke", "Svarsmärke", "Filmärke", "Anteckningsmärke", "Aviseringsmärke"];
    private static readonly string[] Staff = [SignIn.Administrator, "onk1.mott.a", "revisor", "integration"];
    private static readonly string[] Studio = [SignIn.Administrator, "revisor", "api-nyckel"];

    /// <summary>Shows the mark to somebody, or the walk has not tried what it says that it tries.</summary>
    private static readonly string[] Expected =
    [
        "/arenden", "/arenden/{id}", "/arenden/{id}/utskrift", "/uppgifter/{id:guid}", "/enhetens-uppgifter",
        "/api/cases", "/api/cases/{id}", "/api/cases/{id}/messages", "/api/cases/{id}/print", "/api/cases/{id}/attachments/{attachmentId:guid}",
        "/api/tasks", "/api/tasks/{id:guid}", "/api/units/{unitId}/notices",
        "/elsa/api/workflow-instances/{id}", "/elsa/api/workflow-instances/{id}/variables", "/elsa/api/workflow-instances/{id}/export", "/elsa/api/workflow-instances/{id}/journal",
        "/elsa/api/activity-executions/{id}", "/elsa/api/activity-executions/list", "sweep /elsa/api/workflow-instances/{id}", "sweep /elsa/api/workflow-instances/{id}/variables",
        "sweep /elsa/api/workflow-instances/{id}/export", "sweep /elsa/api/activity-executions/list",
    ];

    private readonly Dictionary<string, HttpClient> _clients = [];
    private TestHost _host = null!;
    private DateTimeOffset _now = new(2026, 4, 2, 9, 0, 0, TimeSpan.FromHours(2));

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Now = _now, Arguments = [$"--StudioApi:ApiKey={ApiKey}"] });

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task S_8_whatever_shows_a_patients_data_leaves_a_row_of_the_reader()
    {
        foreach (var reader in Staff.Union(Studio)) _clients[reader] = await ClientAsync(reader);
        var ids = await SeedAsync();
        var seen = new HashSet<string>();
        foreach (var route in Routes())
        {
            var known = seen.Count;
            foreach (var (reader, path) in (Regex.IsMatch(route, "^/(elsa|studio)") ? Studio : Staff).SelectMany(r => Paths(route, ids).Select(p => (r, p))))
            {
                using var answer = await _clients[reader].GetAsync(path);
                ((int)answer.StatusCode).Should().BeLessThan(500, path);
                var text = WebUtility.HtmlDecode(Regex.Unescape(EscapesOnly(await answer.Content.ReadAsStringAsync())));
                if (!Marks.Any(text.Contains)) continue;
                seen.Add(path.Contains(ids["sweep"], StringComparison.Ordinal) ? "sweep " + route : route);
                (await RowsAsync(reader, ids["case"])).Should().BeGreaterThan(0, $"{reader} read {path}");
            }

            if (seen.Count == known) continue;
            // What is fetched again within five minutes leaves nothing new: the next that shows something has to leave a row of its own.
            _now += TimeSpan.FromMinutes(6);
            (await _clients[SignIn.Administrator].PutAsJsonAsync("/api/clock", new { now = _now })).EnsureSuccessStatusCode();
        }

        seen.Should().Contain(Expected);
    }

    /// <summary>A case with something in every place where a patient's data stands.</summary>
    private async Task<Dictionary<string, string>> SeedAsync()
    {
        var (integration, staff) = (_clients["integration"], _clients["onk1.mott.a"]);
        var made = await JsonAsync(await integration.PostAsJsonAsync("/api/cases", new
        {
            unit = "Onkologimottagning 1", caseType = "Rådgivning", channel = "1177 e-tjänster", subject = "Ämnesmärke", text = "Textmärke",
            patient = new { name = "Tolvan Läsmärke", personalNumber = "19121212-1212" },
            attachments = new[] { new { name = "fil.txt", contentType = "text/plain", base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes("Filmärke")) } },
        }));
        var id = made["id"]!.ToString();
        await JsonAsync(await integration.PostAsJsonAsync($"/api/cases/{id}/resident-messages", new { text = "Svarsmärke" }));
        var instance = (await RunAsync(Guid.Parse(id))).ToString();
        var sweep = (await RunAsync(null, made["caseNumber"]!.ToString())).ToString();
        var task = (await JsonAsync(await _clients[SignIn.Administrator].GetAsync($"/api/tasks?view=all&case={id}")))["items"]![0]!["id"]!.ToString();
        await JsonAsync(await staff.PostAsJsonAsync($"/api/tasks/{task}/comments", new { text = "Anteckningsmärke" }));
        await ExecuteAsync($"""
            INSERT INTO notice (id, at, channel, recipient, unit, region, text, delivery_state, trial, attempts)
            SELECT gen_random_uuid(), now(), 'e-post', 'onk1', 'onk1', 'VGR', 'Aviseringsmärke om ' || case_number, 'Ingen kanal', false, 0 FROM cases WHERE id = '{id}'
            """);
        var steps = (await JsonAsync(await _clients["api-nyckel"].GetAsync($"/elsa/api/activity-executions/list?workflowInstanceId={instance}")))["items"]!.AsArray();
        var step = steps.Single(s => s!["activityId"]!.ToString() == "rad");
        return new Dictionary<string, string>
        {
            ["case"] = id, ["task"] = task, ["instance"] = instance, ["sweep"] = sweep, ["execution"] = step!["id"]!.ToString(), ["activity"] = step["activityId"]!.ToString(),
            ["attachment"] = made["attachments"]![0]!["id"]!.ToString(),
        };
    }

    /// <summary>A run that has a patient's text among its values: of the case itself, or, as a sweep, of none and naming it.</summary>
    private async Task<Guid> RunAsync(Guid? caseId, string? number = null)
    {
        var id = caseId is null ? "prov-svep" : "prov-lasning";
        var (type, text) = caseId is null ? ("Literal", $"{number} Textmärke") : ("JavaScript", "arende.text");
        var definition = (JsonObject)JsonNode.Parse($$"""
            { "definitionId": "{{id}}", "name": "{{id}}", "version": 1, "inputs": [], "outputs": [], "outcomes": [],
              "variables": [ { "id": "v1", "name": "V1", "typeName": "String" } ],
              "root": { "id": "flow1", "type": "Elsa.Flowchart", "version": 1,
                "activities": [
                  { "id": "start1", "name": "Start1", "type": "Elsa.Start", "version": 1 },
                  { "id": "satt", "name": "Sätt", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v1", "name": "V1", "typeName": "String" },
                    "value": { "typeName": "Object", "expression": { "type": "{{type}}", "value": "{{text}}" } } },
                  { "id": "rad", "name": "Rad", "type": "Elsa.WriteLine", "version": 1, "text": { "typeName": "String", "expression": { "type": "{{type}}", "value": "{{text}}" } } },
                  { "id": "vanta", "name": "Vänta", "type": "Elsa.Event", "version": 1, "eventName": { "typeName": "String", "expression": { "type": "Literal", "value": "aldrig" } } } ],
                "connections": [
                  { "source": { "activity": "start1", "port": "Done" }, "target": { "activity": "satt", "port": "In" } },
                  { "source": { "activity": "satt", "port": "Done" }, "target": { "activity": "rad", "port": "In" } },
                  { "source": { "activity": "rad", "port": "Done" }, "target": { "activity": "vanta", "port": "In" } } ] } }
            """)!;
        var store = _host.Services.GetRequiredService<IDefinitionStore>();
        var change = new DefinitionChange("prov", "Prov", _now);
        await store.SaveAsync(new SaveDraft { DefinitionId = id, Document = definition, Region = "VGR", Change = change, Force = true }, default);
        await store.PublishAsync(id, change, default);
        var run = await _host.Services.GetRequiredService<IWorkflowRuntime>().StartAsync(new StartWorkflow { DefinitionId = id, Region = "VGR", CaseId = caseId, CorrelationId = caseId?.ToString() });
        return run.InstanceId;
    }

    private IEnumerable<string> Routes() => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct()
        .Where(r => r != "/api/events" && !r.Contains("_framework", StringComparison.Ordinal) && !Regex.IsMatch(r, @"^/(css|js|img|openapi|health)/")).Order();

    private static IEnumerable<string> Paths(string route, Dictionary<string, string> ids) =>
        new[] { Fill(route, ids), Fill(route, ids).Replace(ids["instance"], ids["sweep"], StringComparison.Ordinal) }.Distinct();

    private static string Fill(string route, Dictionary<string, string> ids)
    {
        var path = Regex.Replace(route, @"\{([A-Za-z]+)[^}]*\}", match => match.Groups[1].Value switch
        {
            "attachmentId" => ids["attachment"],
            "unitId" => "onk1",
            "activityId" => ids["activity"],
            "definitionId" => "onk-arende",
            "instanceId" => ids["instance"],
            "name" => route.Contains("/lists/", StringComparison.Ordinal) ? "ej fördelade" : "statistik",
            _ when route.Contains("activity-executions", StringComparison.Ordinal) => Uri.EscapeDataString(ids["execution"]),
            _ when route.Contains("workflow-instances", StringComparison.Ordinal) => ids["instance"],
            _ when route.Contains("tasks", StringComparison.Ordinal) || route.Contains("uppgifter", StringComparison.Ordinal) => ids["task"],
            _ => ids["case"],
        });
        if (route.Contains("activity-execution", StringComparison.Ordinal)) path += $"?workflowInstanceId={ids["instance"]}&id={Uri.EscapeDataString(ids["execution"])}";
        return path == "/api/tasks" ? $"{path}?case={ids["case"]}" : path;
    }

    /// <summary>Escapes of JSON, so that the marks are found in it.</summary>
    private static string EscapesOnly(string text) => Regex.Replace(text, @"\\(?!u[0-9a-fA-F]{4})", @"\\");

    private async Task<long> RowsAsync(string reader, string id)
    {
        await using var command = _host.Database.DataSource.CreateCommand("""
            SELECT count(*) FROM read_log WHERE person = $1 AND at = $2 AND cases @> ARRAY[$3] AND cardinality(patients) > 0 AND (role IS NOT NULL AND capacity = 'own' OR $1 = 'api-nyckel')
            """);
        command.Parameters.Add(new() { Value = reader });
        command.Parameters.Add(new() { Value = _now.ToUniversalTime() });
        command.Parameters.Add(new() { Value = Guid.Parse(id) });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync()).Should().Be(1);
    }

    private async Task<HttpClient> ClientAsync(string reader)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/json");
        if (reader == "api-nyckel") client.DefaultRequestHeaders.Add("Authorization", $"ApiKey {ApiKey}");
        else client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn.TokenAsync(_host.Client, reader));
        return client;
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).Should().BeInRange(200, 299, text);
            return JsonNode.Parse(text)!;
        }
    }
}
