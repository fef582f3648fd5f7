using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Journal;

namespace CaseWorkflows.Conformance;

/// <summary>
/// Everything an oracle says of a run, compared. Ids and times vary by nature; our messages are Swedish, so an incident's text is
/// compared only where the definition itself gives it; a variable without a storage driver is not kept by the reference.
/// </summary>
internal static partial class Comparison
{
    public static IReadOnlyList<string> Differences(JsonObject oracle, MemoryHost host, MemoryInstance root, IReadOnlyList<CaseRunner.Step> steps)
    {
        var found = new List<string>();
        Check(found, "status", (string?)oracle["status"], root.State!.Status.ToString());
        Check(found, "subStatus", (string?)oracle["subStatus"], root.State.SubStatus.ToString());
        Check(found, "lines", Join(oracle["lines"]!.AsArray().Select(l => Neutral((string?)l))), Join(host.Lines.Select(Neutral)));
        Check(found, "steps", Join(oracle["steps"]!.AsArray().Select(ExpectedStep)), Join(steps.Select(s => $"{s.Name}:{s.Status}/{s.SubStatus}:{s.Lines}[{string.Join(',', s.Bookmarks)}]")));
        Check(found, "journal", Join(oracle["journal"]!.AsArray().Select(j => $"{j!["activityId"]}({j["type"]}).{j["event"]}")), Join(root.Journal.Select(j => $"{j.ActivityId}({j.ActivityType}).{j.EventName}")));
        Check(found, "sequence", Join(Enumerable.Range(0, root.Journal.Count).Select(i => $"{i}")), Join(root.Journal.Select(j => j.Sequence.ToString(CultureInfo.InvariantCulture))));
        Check(found, "incidents", Join(oracle["incidents"]!.AsArray().Select(i => $"{i!["activityId"]}({i["activityType"]})")), Join(root.State.Incidents.Select(i => $"{i.ActivityId}({i.ActivityType})")));
        Messages(found, oracle, root);
        Variables(found, oracle, root);
        Check(found, "output", Plain(oracle["output"]), Plain(Values.ToJsonObject(root.State.Output)));
        Check(found, "instances", Join(oracle["instances"]!.AsArray().Select(ExpectedInstance).Order(StringComparer.Ordinal)), Join(host.Instances.Select(ActualInstance).Order(StringComparer.Ordinal)));
        Executions.Compare(found, oracle, root);
        return found;
    }

    public static void Check(List<string> found, string what, string? expected, string? actual)
    {
        if (expected != actual) found.Add($"{what}: expected {expected} but was {actual}");
    }

    /// <summary>JSON without the reference's type marks, numbers in one form.</summary>
    public static string Plain(JsonNode? node)
    {
        switch (node)
        {
            case null: return "null";
            case JsonObject o when o["_island"] is JsonValue island: return Plain(JsonNode.Parse((string)island!));
            case JsonObject o when o["_items"] is JsonArray items: return Plain(items.DeepClone());
            case JsonArray a: return $"[{string.Join(',', a.Select(Plain))}]";
            case JsonObject o:
                return "{" + string.Join(',', o.Where(p => p.Key != "_type" && !Varying.Contains(p.Key)).OrderBy(p => p.Key.TrimStart('\\'), StringComparer.Ordinal).Select(p => $"{p.Key.TrimStart('\\')}:{Plain(p.Value)}")) + "}";
            case JsonValue v when v.GetValueKind() == JsonValueKind.Number: return double.Parse(v.ToJsonString(), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
            default: return node.ToJsonString();
        }
    }

    /// <summary>Of a child's result: an id, and enums that the reference stores as numbers in one place and as words in another.</summary>
    private static readonly string[] Varying = ["WorkflowInstanceId", "workflowInstanceId", "Status", "SubStatus"];

    private static string Join(IEnumerable<string?> items) => string.Join(" | ", items);

    private static string Neutral(string? line) => InstanceId().Replace(line ?? "", "\"WorkflowInstanceId\":\"*\"");

    private static string ExpectedStep(JsonNode? s) =>
        $"{((string)s!["step"]!).Replace("Elsa.", "", StringComparison.Ordinal)}:{s["status"]}/{s["subStatus"]}:{s["linesSoFar"]}[{string.Join(',', s["bookmarks"]!.AsArray().Select(b => ((string)b!["name"]!).Replace("Elsa.", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal))}]";

    private static string ExpectedInstance(JsonNode? i) =>
        $"{i!["definitionId"]}:{i["status"]}/{i["subStatus"]}:{i["correlationId"]}:{i["name"]}:{i["hasParent"]}:{i["incidentCount"]}".ToLowerInvariant();

    private static string ActualInstance(MemoryInstance i) =>
        $"{i.Definition.DefinitionId}:{i.State!.Status}/{i.State.SubStatus}:{i.State.CorrelationId}:{i.State.Name}:{i.Parent is not null}:{i.State.Incidents.Count}".ToLowerInvariant();

    private static void Messages(List<string> found, JsonObject oracle, MemoryInstance root)
    {
        foreach (var (expected, actual) in oracle["incidents"]!.AsArray().Zip(root.State!.Incidents))
        {
            var given = root.Definition.ToJson().Contains(JsonSerializer.Serialize((string?)expected!["message"]), StringComparison.Ordinal);
            if (given) Check(found, "incident message", (string?)expected["message"], actual.Message);
        }
    }

    private static void Variables(List<string> found, JsonObject oracle, MemoryInstance root)
    {
        foreach (var expected in oracle["variables"]!.AsArray())
        {
            var name = (string)expected!["name"]!;
            var declared = root.Definition.Variables.FirstOrDefault(v => v.Name == name);
            if (declared is null) found.Add($"variable {name} is not declared");
            else if (declared.StorageDriverTypeName is not null || expected["value"] is not null) Check(found, "variable " + name, Plain(expected["value"]), Plain(Values.ToJson(root.State!.Variables.GetValueOrDefault(declared.Id))));
        }
    }

    [GeneratedRegex("\"WorkflowInstanceId\":\"[^\"]*\"")]
    private static partial Regex InstanceId();
}
