using System.Text.Json.Nodes;

namespace CaseWorkflows.Scenarios.Driver;

/// <summary>A case of a scenario.</summary>
public sealed class CaseHandle(Scenario scenario, string id)
{
    public string Id { get; } = id;

    public async Task<JsonNode> Get(string user = "admin")
    {
        var answer = await scenario.Send(user, HttpMethod.Get, $"/api/cases/{Id}");
        answer.ShouldBe(200);
        return answer.Body!;
    }

    public async Task<string> Status() => (await Get())["status"]!.ToString();

    public async Task<DateTimeOffset?> Due() => (await Get())["clock"]!["due"] is { } due ? due.GetValue<DateTimeOffset>() : null;

    public async Task<string> ClockState() => (await Get())["clock"]!["state"]!.ToString();

    public async Task<IReadOnlyList<string>> Flags() => [.. ((JsonArray)(await Get())["flags"]!).Select(f => f!.ToString())];

    /// <summary>Messages to the resident.</summary>
    public async Task<IReadOnlyList<JsonNode>> Messages() =>
        [.. (await scenario.List($"/api/cases/{Id}/messages")).Where(m => m["direction"]!.ToString() == "Ut")];

    public Task<IReadOnlyList<JsonNode>> Notices() => scenario.List($"/api/cases/{Id}/notices");

    /// <summary>Notices to one person with that word in text or subject.</summary>
    public async Task<int> NoticesTo(string user, string word) =>
        (await Notices()).Count(n => n["to"]!.ToString().Contains(user, StringComparison.Ordinal) && n.ToJsonString(Plain).Contains(word, StringComparison.OrdinalIgnoreCase));

    public Task<IReadOnlyList<JsonNode>> Audit() => scenario.List($"/api/cases/{Id}/history");

    public async Task<bool> Audited(string @event) => (await Audit()).Any(h => h["event"]!.ToString().Contains(@event, StringComparison.OrdinalIgnoreCase));

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
