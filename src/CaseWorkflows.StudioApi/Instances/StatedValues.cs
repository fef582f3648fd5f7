using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Leaves in an answer about a run what its definition says and what is so of every run: ids, kinds, states, times, and ways that the
/// step has. Everything that was worked out is replaced whole, names of values too; a literal is shown as it stands in the definition,
/// not as it was found in the run.
/// </summary>
/// <param name="graph">Null when the version cannot be read: then nothing is known, and nothing stays.</param>
/// <param name="hidesSteps">Nor is told which steps it has, where it stands, which way one went, or which failed.</param>
/// <param name="hidesState">Nor is told whether it waits, has failed or is done, and since when.</param>
internal sealed class StatedValues(WorkflowGraph? graph, InstanceSummary instance, bool hidesSteps = false, bool hidesState = false)
{
    public const string Hidden = "(dold: ärendets text)";

    /// <summary>Stands as the run's name.</summary>
    public const string HiddenState = "(hur körningen går visas inte)";

    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "Started", "Completed", "Faulted", "Canceled", "Suspended", "Resumed", "Retried", "Skipped", "Scheduled", "Executing", "Running",
    };

    private static readonly string[] UsualWays = ["Done", "True", "False", "Default"];

    /// <summary>Of a run that stands as a row or by itself: that it began remains.</summary>
    public static void HideState(JsonObject run)
    {
        foreach (var name in new[] { "status", "subStatus", "finishedAt", "isExecuting" }) run.Remove(name);
        if (run.ContainsKey("incidentCount")) run["incidentCount"] = 0;
        // Studio shows a time and a state whether it is told them or not; beside them stands the name.
        if (run["createdAt"] is { } created) run["updatedAt"] = created.DeepClone();
        run["name"] = HiddenState;
    }

    public void Clean(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Clean(item);
            return;
        }

        if (node is not JsonObject o) return;
        if (hidesState && o.ContainsKey("subStatus")) HideState(o);
        var step = StepOf(o);
        foreach (var (name, value) in o.ToList())
        {
            switch (name)
            {
                case "bookmarks" or "incidents" or "activityExecutionContexts" when hidesSteps: o[name] = new JsonArray(); break;
                case "executionLogSequence" when hidesSteps: o[name] = 0; break;
                case "incidentCount" when hidesSteps: o[name] = Math.Min(instance.IncidentCount, 1); break;
                case "activityState": o[name] = Settings(step, value as JsonObject); break;
                case "outputs": o[name] = Named(step?.Descriptor.Outputs.Select(x => x.Name).Where(n => Has(value, n))); break;
                case "input": o[name] = Named(graph?.Definition.Inputs.Select(i => i.Name)); break;
                case "output": o[name] = Named(graph?.Definition.Outputs.Select(x => x.Name)); break;
                case "payload": o[name] = Ways(step, value); break;
                case "properties": o[name] = new JsonObject(); break;
                case "exception" when value is not null: o[name] = InstanceJson.Exception(null, Hidden); break;
                case "message" or "value": o[name] = Hidden; break;
                case "hash": o[name] = o.Text("id"); break;
                case "eventName" when !Events.Contains(o.Text(name) ?? ""): o[name] = "Custom"; break;
                case "correlationId" when value?.ToString() != instance.CaseId?.ToString(): o.Remove(name); break;
                case "name" when o.ContainsKey("subStatus") && instance.Name is null: o.Remove(name); break;
                case "name" when o.ContainsKey("subStatus"): o[name] = instance.Name; break;
                default: Clean(value); break;
            }
        }
    }

    private GraphNode? StepOf(JsonObject o) =>
        (o.Text("nodeId") ?? o.Text("activityNodeId") ?? o.Text("scheduledActivityNodeId")) is { } id ? graph?.Find(id) : null;

    private static JsonObject Settings(GraphNode? step, JsonObject? evaluated)
    {
        var shown = new JsonObject();
        foreach (var input in step?.Descriptor.Inputs.Where(i => evaluated?.ContainsKey(i.Name) == true) ?? [])
            shown[input.Name] = Stated(step!.Activity.Json, input);
        return shown;
    }

    private static JsonNode? Stated(JsonObject step, InputDescriptor input)
    {
        if (step[input.JsonName] is null) return input.DefaultValue is { } usual ? JsonSerializer.SerializeToNode(usual, usual.GetType(), StudioJson.Options) : null;
        var (type, value) = Literals.Expression(step, input);
        return type is null or "Literal" or "Object" or "Json" ? value?.DeepClone() : Hidden;
    }

    private static JsonObject Named(IEnumerable<string>? names)
    {
        var shown = new JsonObject();
        foreach (var name in names ?? []) shown[name] = Hidden;
        return shown;
    }

    private static bool Has(JsonNode? values, string name) => values is JsonObject o && o.ContainsKey(name);

    /// <summary>Which ways it went, as far as the step has them.</summary>
    private static JsonObject Ways(GraphNode? step, JsonNode? payload)
    {
        if (payload is not JsonObject o || o["Outcomes"] is not JsonArray taken) return [];
        var own = step is null ? [] : WaysOf(step).ToHashSet(StringComparer.Ordinal);
        return new JsonObject { ["Outcomes"] = new JsonArray([.. taken.Select(w => (JsonNode)(w?.ToString() is { } way && own.Contains(way) ? way : Hidden))]) };
    }

    private static IEnumerable<string> WaysOf(GraphNode step) => UsualWays
        .Concat(step.Descriptor.Ports.Select(p => p.Name))
        .Concat(TextsOf(step.Activity.Json))
        .Concat(step.Parent is { } flow ? PortsOf(flow.Activity.Json, step.Activity.Id) : []);

    private static IEnumerable<string> PortsOf(JsonObject flow, string stepId) => (flow["connections"] as JsonArray ?? []).OfType<JsonObject>()
        .Select(c => c.Object("source")).Where(s => s?.Text("activity") == stepId).Select(s => s!.Text("port")).OfType<string>();

    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => TextsOf(p.Value)),
        JsonArray a => a.SelectMany(TextsOf),
        JsonValue v when v.TryGetValue<string>(out var text) => WithinJson(text),
        _ => []
    };

    /// <summary>A literal list or form is stored as JSON in a text: what stands in it is the routine's too.</summary>
    private static IEnumerable<string> WithinJson(string text)
    {
        yield return text;
        if (!text.StartsWith('[') && !text.StartsWith('{')) yield break;
        JsonNode? inner = null;
        try
        {
            inner = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A script that begins with a bracket.
        }

        foreach (var found in TextsOf(inner)) yield return found;
    }
}
