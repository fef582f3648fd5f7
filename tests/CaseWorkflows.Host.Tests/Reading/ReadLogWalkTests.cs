using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Host.Tests.Reading;

/// <summary>Every GET route of both APIs and of the pages: whatever shows a patient's data leaves a row that says who read it.</summary>
public sealed class ReadLogWalkTests : IAsyncLifetime
{
    private const string ApiKey = "0123456789-0123456789-0123456789-key";
    private static readonly string[] Marks = ["Tolvan Läsmärke", "191212121212", "19121212-1212", "Ämnesmärke", "Textmärke", "Svarsmärke", "Filmärke", "Anteckningsmärke", "Aviseringsmärke"];
    private static readonly string[] Readers = [SignIn.Administrator, "onk1.mott.a", "onk1.hant", "revisor", "agare", "integration", "api-nyckel"];

    /// <summary>Shows the mark to somebody, or the walk has not tried what it says that it tries.</summary>
    private static readonly string[] Expected =
    [
        "/arenden", "/arenden/{id}", "/arenden/{id}/utskrift", "/uppgifter/{id:guid}", "/uppgifter/{id:guid}/utskrift", "/enhetens-uppgifter",
        "/api/cases", "/api/cases/{id}", "/api/cases/{id}/messages", "/api/cases/{id}/print", "/api/cases/{id}/attachments/{attachmentId:guid}",
        "/api/tasks", "/api/tasks/{id:guid}", "/api/tasks/{id:guid}/print", "/api/units/{unitId}/notices",
        "/elsa/api/workflow-instances/{id}", "/elsa/api/workflow-instances/{id}/variables", "/elsa/api/workflow-instances/{id}/export", "/elsa/api/workflow-instances/{id}/journal",
        "/elsa/api/activity-executions/{id}", "/elsa/api/activity-executions/list",
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
        foreach (var reader in Readers) _clients[reader] = await ClientAsync(reader);
        var ids = await SeedAsync();
        var seen = new HashSet<string>();
        foreach (var route in Routes())
        {
            // A list that is fetched again leaves nothing new for five minutes.
            _now += TimeSpan.FromMinutes(6);
            (await _clients[SignIn.Administrator].PutAsJsonAsync("/api/clock", new { now = _now })).EnsureSuccessStatusCode();
            foreach (var reader in Readers)
            {
                var path = Fill(route, ids);
                using var answer = await _clients[reader].GetAsync(path);
                ((int)answer.StatusCode).Should().BeLessThan(500, path);
                var text = WebUtility.HtmlDecode(Regex.Unescape(EscapesOnly(await answer.Content.ReadAsStringAsync())));
                if (!Marks.Any(text.Contains)) continue;
                seen.Add(route);
                (await RowsAsync(reader, ids["case"])).Should().BeGreaterThan(0, $"{reader} read {path}");
            }
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
        var instance = made["workflowInstances"]![0]!["id"]!.ToString();
        var task = (await JsonAsync(await _clients[SignIn.Administrator].GetAsync($"/api/tasks?view=all&case={id}")))["items"]![0]!["id"]!.ToString();
        await JsonAsync(await staff.PostAsJsonAsync($"/api/tasks/{task}/comments", new { text = "Anteckningsmärke" }));
        await ExecuteAsync($"""
            INSERT INTO notice (id, at, channel, recipient, unit, region, text, delivery_state, trial, attempts)
            SELECT gen_random_uuid(), now(), 'e-post', 'onk1', 'onk1', 'VGR', 'Aviseringsmärke om ' || case_number, 'Ingen kanal', false, 0 FROM cases WHERE id = '{id}'
            """);
        var steps = (await JsonAsync(await _clients["api-nyckel"].GetAsync($"/elsa/api/activity-executions/list?workflowInstanceId={instance}")))["items"]!.AsArray();
        var step = steps.FirstOrDefault(s => s!.ToJsonString().Contains("mottaga", StringComparison.OrdinalIgnoreCase)) ?? steps[0];
        return new Dictionary<string, string>
        {
            ["case"] = id, ["task"] = task, ["instance"] = instance, ["execution"] = step!["id"]!.ToString(), ["activity"] = step["activityId"]!.ToString(),
            ["attachment"] = made["attachments"]![0]!["id"]!.ToString(),
        };
    }

    private IEnumerable<string> Routes() => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
        .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct()
        .Where(r => r != "/api/events" && !r.Contains("_framework", StringComparison.Ordinal) && !Regex.IsMatch(r, @"^/(css|js|img|openapi|health)/")).Order();

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
        return path + $"?workflowInstanceId={ids["instance"]}&id={Uri.EscapeDataString(ids["execution"])}&limit=200" + (path == "/api/tasks" ? $"&case={ids["case"]}" : "");
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
