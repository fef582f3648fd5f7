using System.Text.Json.Nodes;

namespace CaseWorkflows.StudioApi.Tests.Hosting;

/// <summary>Small routines in Elsa's JSON for the tests.</summary>
internal static class Routines
{
    /// <summary>Start, any number of lines, End; all connected.</summary>
    public static JsonObject Line(string? definitionId, string name, int lines = 2)
    {
        var activities = new JsonArray(Step("start", "Elsa.Start"));
        for (var i = 1; i <= lines; i++) activities.Add(WriteLine($"line{i}", $"rad {i}"));
        activities.Add(Step("end", "Elsa.End"));
        var ids = activities.Select(a => a!["id"]!.GetValue<string>()).ToList();
        var connections = new JsonArray([.. ids.Zip(ids.Skip(1)).Select(p => (JsonNode)Arrow(p.First, "Done", p.Second))]);
        return Of(definitionId, name, activities, connections);
    }

    public static JsonObject Of(string? definitionId, string name, JsonArray activities, JsonArray connections) => new()
    {
        ["definitionId"] = definitionId,
        ["id"] = null,
        ["name"] = name,
        ["version"] = 1,
        ["toolVersion"] = "3.8.2.0",
        ["isLatest"] = true,
        ["isPublished"] = false,
        ["variables"] = new JsonArray(),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["options"] = new JsonObject(),
        ["customProperties"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["name"] = "Flowchart1",
            ["activities"] = activities,
            ["connections"] = connections,
        },
    };

    public static JsonObject Step(string id, string type, int version = 1) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["version"] = version,
        ["name"] = id,
        ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 10, ["y"] = 20 }, ["size"] = new JsonObject { ["width"] = 100, ["height"] = 50 } } },
        ["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false },
    };

    public static JsonObject WriteLine(string id, string text)
    {
        var step = Step(id, "Elsa.WriteLine");
        step["text"] = Literal(text);
        return step;
    }

    public static JsonObject Event(string id, string name)
    {
        var step = Step(id, "Elsa.Event");
        step["eventName"] = Literal(name);
        return step;
    }

    public static JsonObject Named(this JsonObject step, string displayText)
    {
        step["metadata"]!["displayText"] = displayText;
        return step;
    }

    public static JsonObject Literal(string value) => new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    public static JsonObject Expression(string type, string value) => new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Arrow(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };
}
