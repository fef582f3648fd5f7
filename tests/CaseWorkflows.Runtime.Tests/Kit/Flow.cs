using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>Small definitions in Elsa's JSON.</summary>
internal static class Flow
{
    /// <summary>Start → Event "Go" → SetVariable → End: what the benchmarks measure.</summary>
    public static JsonObject Durable(string id, string eventName = "Go") => Chart(
        id, Step("Elsa.Start", "start"), Event("event", eventName), SetVariable("set", "Counter", 42), Step("Elsa.End", "end"));

    public static JsonObject Chart(string id, params JsonObject[] steps)
    {
        var connections = new JsonArray();
        for (var i = 1; i < steps.Length; i++)
        {
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = (string)steps[i - 1]["id"]!, ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = (string)steps[i]["id"]!, ["port"] = "In" },
            });
        }

        return Definition(id, new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = new JsonArray([.. steps]), ["connections"] = connections });
    }

    public static JsonObject Definition(string id, JsonObject root) => new()
    {
        ["definitionId"] = id,
        ["name"] = id,
        ["version"] = 1,
        ["variables"] = new JsonArray(new JsonObject { ["id"] = "var1", ["name"] = "Counter", ["typeName"] = "Int32", ["value"] = "0" }),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["root"] = root,
    };

    public static JsonObject Step(string type, string id, Action<JsonObject>? more = null)
    {
        var step = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1 };
        more?.Invoke(step);
        return step;
    }

    public static JsonObject Event(string id, string eventName, bool starts = false) => Step("Elsa.Event", id, s =>
    {
        s["eventName"] = Literal("String", eventName);
        if (starts) s["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
    });

    public static JsonObject SetVariable(string id, string variable, object value) => Step("Elsa.SetVariable", id, s =>
    {
        s["variable"] = new JsonObject { ["id"] = "var1", ["name"] = variable, ["typeName"] = "Int32" };
        s["value"] = Literal("Object", value);
    });

    public static JsonObject Delay(string id, TimeSpan time) => Step("Elsa.Delay", id, s => s["timeSpan"] = Literal("TimeSpan", time.ToString("c")));

    public static JsonObject Literal(string type, object? value) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = CaseWorkflows.Engine.Execution.Values.ToJson(value) } };
}
