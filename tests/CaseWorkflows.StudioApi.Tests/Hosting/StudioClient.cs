using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>Calls the API as one user, the way Studio and our page around it do.</summary>
public sealed class StudioClient(Uri address, string user, string? session)
{
    private static readonly HttpClient Http = new();

    /// <summary>What our page would send back on the next save.</summary>
    public string? Revision { get; set; }

    public async Task<StudioAnswer> SendAsync(string method, string path, JsonNode? body = null, string? raw = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, path.StartsWith('/') ? path : $"/elsa/api/{path}"));
        request.Headers.Add(HeaderRights.Header, user);
        if (session is not null) request.Headers.Add("X-Editing-Session", session);
        if (Revision is not null && method == "POST") request.Headers.Add("X-Draft-Revision", Revision);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (body is not null || raw is not null) request.Content = new StringContent(raw ?? body!.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        return new StudioAnswer(response.StatusCode, bytes, all);
    }

    public Task<StudioAnswer> GetAsync(string path) => SendAsync("GET", path);

    public Task<StudioAnswer> PostAsync(string path, JsonNode? body = null) => SendAsync("POST", path, body ?? new JsonObject());

    /// <summary>Saves as the editor does.</summary>
    public async Task<StudioAnswer> SaveAsync(JsonObject model, bool publish = false, params (string Name, string Value)[] headers)
    {
        var answer = await SendAsync("POST", "workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }, null, headers);
        if (session is not null && answer.Headers.TryGetValue("X-Draft-Revision", out var revision)) Revision = revision;
        return answer;
    }

    /// <summary>Opens a routine in the editor.</summary>
    public async Task<JsonObject> OpenAsync(string definitionId)
    {
        var answer = await GetAsync($"workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");
        answer.Status.Should().Be(HttpStatusCode.OK, answer.Text);
        if (session is not null) Revision = answer.Headers["X-Draft-Revision"];
        return answer.Json;
    }
}
