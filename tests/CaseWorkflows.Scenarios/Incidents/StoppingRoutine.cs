using System.Text.Json.Nodes;
using CaseWorkflows.Scenarios.Driver;

namespace CaseWorkflows.Scenarios.Incidents;

/// <summary>
/// A host where oncology's cases start a routine that sends the phrase named by the case's subject. Without such a phrase the step
/// fails; whoever adds the phrase has mended the cause. The error quotes the subject, which is the patient's text.
/// </summary>
public sealed class StoppingRoutine : IAsyncLifetime
{
    public const string Step = "Svara med fras";
    public const string Sent = "Rutinen gick vidare";
    public const string Blocked = "Meddelandet spärrades";

    public Scenario Scenario { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Scenario = await Scenario.StartAsync("2026-11-23 09:00");
        (await Scenario.Send("agare", HttpMethod.Post, "/elsa/api/workflow-definitions", new JsonObject { ["model"] = Routine(), ["publish"] = true })).ShouldBeOk();
        foreach (var row in new[] { "start:onkologi", "start:bup" })
            (await Scenario.Send("admin", HttpMethod.Patch, $"/api/routing/{row}", new JsonObject { ["workflow"] = "prov-stannar" })).ShouldBeOk();
    }

    public async Task DisposeAsync() => await Scenario.DisposeAsync();

    /// <summary>A case whose routine has stopped, and its open incident.</summary>
    /// <param name="phrase">Key of the phrase that is missing.</param>
    /// <param name="unit">The clinic.</param>
    public async Task<(CaseHandle Case, JsonNode Incident)> StoppedAsync(string phrase, string unit = "Onkologimottagning 1")
    {
        var c = await Scenario.Case(unit, "Förnya recept", new JsonObject { ["subject"] = phrase });
        return (c, (await Open(c)).Single());
    }

    public Task<IReadOnlyList<JsonNode>> Open(CaseHandle c, string user = "admin") => Scenario.List($"/api/incidents?case={c.Id}", user);

    public Task<Answer> Retry(string user, string id, string? reason = "Frasen finns nu", string? key = null) =>
        Scenario.Send(user, HttpMethod.Post, $"/api/incidents/{id}/retry", new JsonObject { ["reason"] = reason }, key);

    public Task<Answer> Skip(string user, string id, string? outcome, string? reason = "Vi har ringt patienten") =>
        Scenario.Send(user, HttpMethod.Post, $"/api/incidents/{id}/skip", new JsonObject { ["reason"] = reason, ["outcome"] = outcome });

    /// <summary>Mends the cause.</summary>
    public async Task AddPhraseAsync(string key) => (await Scenario.Send("admin", HttpMethod.Post, "/api/phrases", new JsonObject
    {
        ["key"] = key, ["title"] = key, ["text"] = "Vi har tagit emot ditt ärende.", ["unit"] = "verksamhet-onkologi", ["scope"] = "Lokal", ["category"] = "prov", ["state"] = "Publicerad"
    })).ShouldBe(201);

    /// <summary>Tells of the case's subject in an event.</summary>
    public static JsonObject Telling()
    {
        var tell = StepOf("beratta", "Elsa.PublishEvent", "Berätta");
        tell["eventName"] = Value("Prov berättat");
        tell["payload"] = Value("arende.amne", "JavaScript");
        return Model("prov-berattar", [StepOf("start", "Elsa.Start", "Start"), tell], [Arrow("start", "Done", "beratta")]);
    }

    /// <summary>Begins with that event, in no case, and fails with what it was told.</summary>
    public static JsonObject Repeating()
    {
        var told = StepOf("berattat", "Elsa.Event", "Berättat");
        told["eventName"] = Value("Prov berättat");
        told["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        var fail = StepOf("upprepa", "Elsa.SetName", "Upprepa");
        fail["value"] = Value("throw new Error(getInput('Payload'));", "JavaScript");
        return Model("prov-upprepar", [told, fail], [Arrow("berattat", "Done", "upprepa")]);
    }

    private static JsonObject Routine()
    {
        var message = StepOf("svara", "CaseWorkflows.ResidentMessage", Step);
        message["kind"] = Value("Standardsvar");
        message["automatic"] = Value("true");
        message["phrase"] = Value("arende.amne", "JavaScript");
        return Model(
            "prov-stannar",
            [StepOf("start", "Elsa.Start", "Start"), message, Note("vidare", "Anteckna svaret", Sent), Note("sparrat", "Anteckna spärren", Blocked)],
            [Arrow("start", "Done", "svara"), Arrow("svara", "Skickat", "vidare"), Arrow("svara", "Spärrat", "sparrat")]);
    }

    private static JsonObject Model(string id, JsonNode[] steps, JsonNode[] arrows) => new()
    {
        ["definitionId"] = id, ["name"] = id == "prov-stannar" ? "Prov som stannar" : id, ["toolVersion"] = "3.8.2.0",
        ["variables"] = new JsonArray(), ["inputs"] = new JsonArray(), ["outputs"] = new JsonArray(), ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(), ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "flode", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "flode", ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject(),
            ["activities"] = new JsonArray(steps), ["connections"] = new JsonArray(arrows)
        }
    };

    private static JsonObject Note(string id, string name, string what)
    {
        var note = StepOf(id, "CaseWorkflows.HistoryNote", name);
        note["event"] = Value(what);
        return note;
    }

    private static JsonObject StepOf(string id, string type, string text) => new()
    {
        ["id"] = id, ["name"] = id, ["type"] = type, ["version"] = 1, ["customProperties"] = new JsonObject(), ["metadata"] = new JsonObject { ["displayText"] = text }
    };

    private static JsonObject Value(string value, string type = "Literal") =>
        new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    private static JsonObject Arrow(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" }
    };
}
