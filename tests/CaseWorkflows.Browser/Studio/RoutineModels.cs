using System.Text.Json.Nodes;

namespace CaseWorkflows.Browser.Studio;

/// <summary>Small routines for the tests, in the form that the editor saves.</summary>
internal static class RoutineModels
{
    /// <summary>Start, then one line after another.</summary>
    public static JsonObject Lines(string id, string name, params string[] lines)
    {
        JsonArray activities = [Step("start", "Elsa.Start", "Start", 0)];
        JsonArray connections = [];
        var before = "start";
        for (var i = 0; i < lines.Length; i++)
        {
            var step = Step($"line{i + 1}", "Elsa.WriteLine", $"Rad {i + 1}", i + 1);
            step["text"] = Wrapped(lines[i]);
            activities.Add((JsonNode)step);
            connections.Add((JsonNode)Connection(before, $"line{i + 1}"));
            before = $"line{i + 1}";
        }

        return Flow(id, name, activities, connections);
    }

    /// <summary>Waits for an event, then writes a line.</summary>
    public static JsonObject Waiting(string id, string name, string eventName, string line)
    {
        var wait = Step("vanta", "Elsa.Event", "Vänta på händelsen", 1);
        wait["eventName"] = Wrapped(eventName);
        var write = Step("rad", "Elsa.WriteLine", "Skriv", 2);
        write["text"] = Wrapped(line);
        return Flow(id, name, [Step("start", "Elsa.Start", "Start", 0), wait, write], [Connection("start", "vanta"), Connection("vanta", "rad")]);
    }

    /// <summary>Goes wrong at once.</summary>
    public static JsonObject Failing(string id, string name)
    {
        var fault = Step("fel", "Elsa.Fault", "Går fel", 1);
        fault["message"] = Wrapped("Skrivaren är trasig");
        return Flow(id, name, [Step("start", "Elsa.Start", "Start", 0), fault], [Connection("start", "fel")]);
    }

    /// <summary>A step for every kind of editor, with variables, inputs, outputs and outcomes to choose among.</summary>
    public static JsonObject EveryEditor(string id, string name)
    {
        JsonArray activities =
        [
            Step("start", "Elsa.Start", "Start", 0), Step("uppgift", "CaseWorkflows.HumanTask", "Uppgift", 1), Step("brev", "CaseWorkflows.ResidentMessage", "Brev", 2),
            Step("byt", "CaseWorkflows.ReclassifyCase", "Byt", 3), Step("satt", "Elsa.SetVariable", "Sätt", 1, 1), Step("ut", "Elsa.SetOutput", "Ut", 2, 1),
            Step("avslut", "Elsa.Complete", "Avslut", 3, 1), Step("vagar", "Elsa.FlowSwitch", "Vägar", 1, 2), Step("val", "Elsa.Switch", "Val", 2, 2),
        ];
        var model = Flow(id, name, activities, [Connection("start", "uppgift")]);
        model["variables"] = new JsonArray(Named("Antal", "typeName", "Int32", "v1"), Named("Namn", "typeName", "String", "v2"));
        model["inputs"] = new JsonArray(Named("Orsak", "type", "String"));
        model["outputs"] = new JsonArray(Named("Besked", "type", "String"), Named("Nummer", "type", "String"));
        model["outcomes"] = new JsonArray("Klart", "Avbrutet");
        return model;
    }

    private static JsonObject Named(string name, string typeField, string type, string? id = null)
    {
        var o = new JsonObject { ["name"] = name, [typeField] = type, ["isArray"] = false };
        if (id is not null)
        {
            o["id"] = id;
            return o;
        }

        o["displayName"] = name;
        o["uiHint"] = "singleline";
        o["description"] = "";
        o["category"] = "";
        return o;
    }

    public static JsonObject Step(string id, string type, string text, int column, int row = 0) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["type"] = type,
        ["version"] = 1,
        ["customProperties"] = new JsonObject { ["canStartWorkflow"] = type == "Elsa.Start", ["runAsynchronously"] = false },
        ["metadata"] = new JsonObject
        {
            ["displayText"] = text,
            ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = column * 260, ["y"] = row * 110 }, ["size"] = new JsonObject { ["width"] = 0, ["height"] = 0 } },
        },
    };

    public static JsonObject Wrapped(string value, string type = "Literal") =>
        new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Connection(string from, string to, string port = "Done") => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };

    public static JsonObject Flow(string id, string name, JsonArray activities, JsonArray connections) => new()
    {
        ["definitionId"] = id,
        ["name"] = name,
        ["description"] = null,
        ["toolVersion"] = "3.8.2.0",
        ["variables"] = new JsonArray(),
        ["inputs"] = new JsonArray(),
        ["outputs"] = new JsonArray(),
        ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(),
        ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "Flowchart1",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["name"] = "Flowchart1",
            ["customProperties"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
            ["activities"] = activities,
            ["connections"] = connections,
            ["variables"] = new JsonArray(),
        },
    };
}
