using System.Text.Json.Nodes;
using CaseWorkflows.StudioApi.Tests.Hosting;

namespace CaseWorkflows.StudioApi.Tests.Elsa;

/// <summary>
/// Sends every observed request again, in the same order, with the ids that our host gave where theirs stood, and notes how the
/// answers differ in shape.
/// </summary>
internal sealed class FixtureReplay(StudioClient client)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private readonly Dictionary<string, JsonNode> _definitions = LoadDefinitions();

    public List<string> Differences { get; } = [];

    public async Task RunAsync(string name)
    {
        var fixture = ElsaReference.Read("fixtures", name + ".json");
        var request = fixture["request"]!;
        var path = Translate(request["path"]!.GetValue<string>());
        var method = request["method"]!.GetValue<string>();
        var body = Body(name, request["body"]);
        var answer = await client.SendAsync(method, path, raw: body is null ? null : Translate(body));

        var expected = fixture["response"]!;
        if ((int)answer.Status != expected["status"]!.GetValue<int>()) Differences.Add($"{name}: status {(int)answer.Status} (theirs: {expected["status"]}) {answer.Text}");
        foreach (var header in new[] { "x-elsa-workflow-instance-id", "x-elsa-workflow-cannot-start", "Location", "Content-Disposition" })
        {
            if (expected["headers"]?[header] is not { } theirs) continue;
            if (!answer.Headers.TryGetValue(header, out var ours)) Differences.Add($"{name}: header {header} is missing");
            else if (header == "x-elsa-workflow-instance-id") _ids[theirs.GetValue<string>()] = ours;
        }

        if (expected["json"] is not { } json) return;
        JsonNode? ourJson;
        try
        {
            ourJson = answer.Bytes.Length == 0 ? null : JsonNode.Parse(answer.Text);
        }
        catch (System.Text.Json.JsonException)
        {
            Differences.Add($"{name}: the answer is not JSON");
            return;
        }

        Differences.AddRange(Shape.Differences(json, ourJson).Select(d => $"{name}: {d}"));
        Learn(json, ourJson);
    }

    /// <summary>Where both have an id, theirs means ours from now on.</summary>
    private void Learn(JsonNode? theirs, JsonNode? ours)
    {
        switch (theirs, ours)
        {
            case (JsonObject t, JsonObject o):
                foreach (var (name, value) in t)
                {
                    if (value is JsonValue v && v.TryGetValue<string>(out var theirId) && name is "id" or "workflowInstanceId" or "definitionVersionId" or "activityInstanceId" or "taskId"
                        && t["definitionId"]?.ToString() != theirId && o[name] is JsonValue mine && mine.TryGetValue<string>(out var ourId) && theirId!.Length >= 16 && theirId != ourId && !_ids.ContainsKey(theirId)) _ids[theirId] = ourId;
                    else Learn(value, o[name]);
                }

                break;
            case (JsonArray t, JsonArray o):
                for (var i = 0; i < Math.Min(t.Count, o.Count); i++) Learn(t[i], o[i]);
                break;
        }
    }

    private string Translate(string text) => _ids.Aggregate(text, (t, id) => t.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private string? Body(string name, JsonNode? body)
    {
        if (body is null) return null;
        if (body is not JsonValue raw || raw.TryGetValue<string>(out var text) && text != "<raw>") return body.ToJsonString();
        if (name == "wd-save-malformed") return "{ o";
        // Files were sent as they are: found again by the id that the answer names.
        var id = ElsaReference.Read("fixtures", name + ".json")["response"]!["json"]!["definitionId"]!.GetValue<string>();
        return _definitions[id].ToJsonString();
    }

    private static Dictionary<string, JsonNode> LoadDefinitions()
    {
        var found = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var file in ElsaReference.Files("conformance", "workflows"))
        {
            var node = JsonNode.Parse(File.ReadAllText(file));
            if (node is JsonObject o && o["definitionId"] is JsonValue v && v.TryGetValue<string>(out var id)) found.TryAdd(id, node);
        }

        return found;
    }
}
