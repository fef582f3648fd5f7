using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Routes;

/// <summary>A host with something in it for every route to point at: a case with a task, its message and attachment, a routine and its run.</summary>
internal sealed class RouteWorld : IAsyncDisposable
{
    // Where an answer sends one is the answer: following it would be another call.
    private readonly HttpClient _client;
    private readonly TestHost _host;

    private readonly Dictionary<string, string> _tokens = [];
    private JsonObject? _routine;
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private RouteWorld(TestHost host)
    {
        _host = host;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
    }

    public TestHost Host => _host;

    /// <summary>Starts a host and makes the first case.</summary>
    public static async Task<RouteWorld> StartAsync()
    {
        var world = new RouteWorld(await TestHost.StartAsync());
        await world.RenewAsync();
        return world;
    }

    public async Task<string> TokenAsync(string user)
    {
        if (!_tokens.TryGetValue(user, out var token)) _tokens[user] = token = await SignIn.TokenAsync(_host.Client, user);
        return token;
    }

    /// <summary>This person's session has ended: the next call signs in anew.</summary>
    public void Forget(string user) => _tokens.Remove(user);

    /// <summary>Makes a new case for routes to point at, since the last one has been changed.</summary>
    public async Task RenewAsync()
    {
        var made = await JsonAsync("integration", HttpMethod.Post, "/api/cases", new JsonObject
        {
            ["unit"] = "Onkologimottagning 1", ["caseType"] = "Rådgivning", ["subject"] = "Ämne", ["text"] = "Text",
            ["patient"] = new JsonObject { ["personalNumber"] = "19121212-1212", ["name"] = "Tolvan Tolvansson" },
            ["attachments"] = new JsonArray(new JsonObject { ["name"] = "a.png", ["contentType"] = "image/png", ["base64"] = "iVBORw0KGgo=" }),
        });
        var id = made["id"]!.ToString();
        var detail = await JsonAsync("admin", HttpMethod.Get, $"/api/cases/{id}");
        var run = detail["workflowInstances"]![0]!["id"]!.ToString();
        var version = await JsonAsync("agare", HttpMethod.Post, "/elsa/api/workflow-definitions", new JsonObject { ["model"] = await RoutineAsync(), ["publish"] = true });
        Set(("case", id), ("attachment", detail["attachments"]?[0]?["id"]?.ToString() ?? Guid.Empty.ToString()),
            ("task", detail["tasks"]![0]!["id"]!.ToString()), ("instance", run), ("version", (version["workflowDefinition"] ?? version)["id"]!.ToString()));
    }

    /// <summary>What publishing, retracting and removing may be done to: no case waits in it.</summary>
    public async Task<JsonObject> RoutineAsync()
    {
        if (_routine is null)
        {
            _routine = (JsonObject)await JsonAsync("admin", HttpMethod.Get, "/elsa/api/workflow-definitions/by-definition-id/x-avvikelse");
            foreach (var name in new[] { "id", "version", "links", "isPublished", "isLatest", "createdAt" }) _routine.Remove(name);
            (_routine["definitionId"], _routine["name"]) = ("prov-rutin", "Prov");
        }

        return (JsonObject)_routine.DeepClone();
    }

    /// <summary>The address with something that exists in every place of the pattern.</summary>
    public string Address(RegisteredRoute route)
    {
        var path = new StringBuilder();
        foreach (var part in route.Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
            path.Append('/').Append(part.Contains('{', StringComparison.Ordinal) ? Fill(route.Pattern, part) : part);
        return path.Length == 0 ? "/" : path + Query(route.Pattern);
    }

    private string Fill(string pattern, string part)
    {
        var name = part[(part.IndexOf('{', StringComparison.Ordinal) + 1)..].TrimStart('*').Split(':', '}', '=')[0].TrimEnd('?');
        return name switch
        {
            "definitionId" => "prov-rutin",
            "unitId" => "onk1",
            "attachmentId" => _values["attachment"],
            "version" => "1",
            "activityId" => "fordela",
            "inputName" => "title",
            "typeName" => "CaseWorkflows.HumanTask",
            "eventName" => "provhändelse",
            "taskId" => "okand",
            "saveId" => "1",
            "instanceId" => _values["instance"],
            "name" => pattern.Contains("/reports/", StringComparison.Ordinal) ? "statistik" : pattern.Contains("/lists/", StringComparison.Ordinal) ? "Ej avslutat" : "Elsa.Workflows",
            "environment" => "Development",
            "id" => Id(pattern),
            _ => "okand",
        };
    }

    private string Id(string pattern) => pattern switch
    {
        _ when pattern.StartsWith("/api/cases", StringComparison.Ordinal) || pattern.StartsWith("/arenden", StringComparison.Ordinal) => _values["case"],
        _ when pattern.StartsWith("/api/tasks", StringComparison.Ordinal) || pattern.StartsWith("/uppgifter", StringComparison.Ordinal) => _values["task"],
        _ when pattern.StartsWith("/api/people", StringComparison.Ordinal) || pattern.StartsWith("/revision/personer", StringComparison.Ordinal) => "onk1.hant",
        _ when pattern.StartsWith("/api/units", StringComparison.Ordinal) => "onk1",
        _ when pattern.StartsWith("/regler", StringComparison.Ordinal) => "ONK-02",
        _ when pattern.Contains("workflow-instances", StringComparison.Ordinal) => _values["instance"],
        _ when pattern.Contains("workflow-definition-versions", StringComparison.Ordinal) || pattern.Contains("workflow-definitions", StringComparison.Ordinal) => _values["version"],
        _ => "00000000-0000-0000-0000-000000000001",
    };

    private string Query(string pattern) => pattern switch
    {
        _ when pattern.Contains("activity-execution", StringComparison.Ordinal) => $"?workflowInstanceId={_values["instance"]}",
        _ when pattern.EndsWith("is-name-unique", StringComparison.Ordinal) => "?name=Prov",
        _ => "",
    };

    /// <summary>A call as this person; null = nobody. The body is the least that the route takes for a call of its kind.</summary>
    public async Task<int> StatusAsync(RegisteredRoute route, string? user, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), Address(route));
        if (user is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user));
        request.Headers.TryAddWithoutValidation("Accept", route.IsApi ? "application/json" : "text/html");
        if (!route.Reads)
            request.Content = route.IsApi ? new StringContent(Body(route), Encoding.UTF8, "application/json") : new FormUrlEncodedContent(Form(route));
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        // Nobody is sent to the sign-in page: that is a refusal.
        return answer.Headers.Location?.ToString().Contains("/logga-in", StringComparison.Ordinal) == true && route.Pattern != "/logga-ut" ? 401 : (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    // Where the body is looked at before the right, the least that passes: else the table would only say that it is looked at.
    private string Body(RegisteredRoute route) => route.Pattern switch
    {
        "/api/cases" => """{"unit":"Onkologimottagning 1","caseType":"Rådgivning","text":"Text"}""",
        "/api/tasks/{id:guid}/complete" => """{"outcome":"Omöjligt","fields":{}}""",
        "/api/tasks/{id:guid}/comments" => """{"text":"Kommentar"}""",
        "/api/tasks/{id:guid}/park" => """{"until":"2026-04-03T08:00:00+02:00","reason":"Skäl"}""",
        "/api/outgoing-messages/{id:guid}/delivery" => """{"state":"Levererat"}""",
        "/elsa/api/workflow-definitions" => new JsonObject { ["model"] = _routine!.DeepClone() }.ToJsonString(),
        "/elsa/api/cancel/workflow-instances/{id}" => """{"reason":"Skäl"}""",
        "/elsa/api/workflow-instances/{id}/variables" => """{"variables":[]}""",
        _ when route.Pattern.StartsWith("/elsa/api/bulk-actions/", StringComparison.Ordinal) =>
            new JsonObject { ["definitionIds"] = new JsonArray("prov-rutin"), ["ids"] = new JsonArray(_values["version"], _values["instance"]), ["reason"] = "Skäl" }.ToJsonString(),
        _ => "{}",
    };

    private static Dictionary<string, string> Form(RegisteredRoute route) => route.Pattern switch
    {
        "/uppgifter/{id:guid}/kommentar" => new() { ["text"] = "Kommentar" },
        "/uppgifter/{id:guid}/parkera" => new() { ["till"] = "2026-04-03T08:00", ["skal"] = "Skäl" },
        "/uppgifter/{id:guid}/utkast" => new() { ["f.svarstext"] = "Utkast" },
        _ => [],
    };

    public async Task<JsonNode> JsonAsync(string user, HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user)) } };
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await _host.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue($"{method} {path} as {user}: {text}");
        return JsonNode.Parse(text)!;
    }

    private void Set(params (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values) _values[name] = value;
    }
}
