using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Scenarios.Definitions;

namespace CaseWorkflows.Scenarios.Activities;

/// <summary>Runs one domain step in a burst of its own on the repository's reference data: no host, no database.</summary>
internal sealed class ActivityBench
{
    private static readonly ActivityRegistry Registry = ActivityRegistry.CreateDefault().RegisterAssembly(typeof(HumanTask).Assembly);
    private static readonly ReferenceSnapshot Reference = Load();

    private readonly WorkflowGraph _graph;
    private BurstResult? _result;

    private ActivityBench(JsonObject step, DateTimeOffset now)
    {
        Now = now;
        View = Reference.At(now);
        step["id"] = "steg";
        step["version"] = 1;
        _graph = WorkflowGraph.Compile(WorkflowDefinition.FromJson(new JsonObject
        {
            ["id"] = "prov-v1", ["definitionId"] = "prov", ["name"] = "Prov", ["version"] = 1,
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "svar", ["typeName"] = "Object" }),
            ["root"] = new JsonObject { ["id"] = "flode", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["activities"] = new JsonArray(step), ["connections"] = new JsonArray() }
        }), Registry);
        Case = NewCase("onk1", now);
    }

    public DateTimeOffset Now { get; set; }

    public ReferenceView View { get; }

    public CaseRecord Case { get; set; }

    public IReadOnlyList<Effect> Effects => _result!.Effects;

    /// <summary>Outcomes of the step's completion; empty while it waits.</summary>
    public IReadOnlyList<string> Outcomes =>
        [.. _result!.Journal.Where(j => j.ActivityId == "steg" && j.EventName == "Completed").SelectMany(j => j.Payload?[nameof(Outcomes)]?.AsArray().Select(o => o!.ToString()) ?? [])];

    public T Effect<T>() where T : Effect => Effects.OfType<T>().Single();

    /// <param name="type">Class name of the step.</param>
    /// <param name="now">Local time.</param>
    /// <param name="inputs">By camelCase name: a text, number or boolean as literal, a <see cref="JsonNode"/> as object, "js:…" as JavaScript.</param>
    public static ActivityBench Of(string type, string now, params (string Name, object Value)[] inputs)
    {
        var step = new JsonObject { ["type"] = "CaseWorkflows." + type };
        foreach (var (name, value) in inputs) step[name] = Input(value);
        return new ActivityBench(step, SwedishTime.ToInstant(DateTime.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
    }

    public static CaseRecord NewCase(string unit, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(), CaseNumber = "PROV-2026-000001", Region = "VGR", UnitId = unit, ResponsibleUnitId = unit, CaseType = "meddelande", Channel = "1177 e-tjänster",
        ArrivedAt = at, RegisteredAt = at, OwnerUnit = unit
    };

    public ActivityBench Start()
    {
        _result = Burst.Start(_graph, new StartBurst(Guid.CreateVersion7(), Case.Id.ToString()), Environment());
        return this;
    }

    public ActivityBench Resume(object? input, string? bookmark = null)
    {
        var id = _result!.Effects.OfType<BookmarkCreated>().Last(b => bookmark is null || b.Bookmark.Name == bookmark).Bookmark.Id;
        // What a person answers is refused to that person; whatever else a step refuses is its incident.
        object[] by = bookmark == "HumanTask" ? [new CompletedTask(Guid.CreateVersion7(), "Prov", "steg", "Klar", null, null, null)] : [];
        _result = Burst.Resume(_graph, _result.State, id, input, Environment(by));
        return this;
    }

    /// <summary>What the step failed with, where it failed.</summary>
    public IReadOnlyList<string> Faults => [.. _result!.State.Incidents.Select(i => i.Message)];

    private BurstEnvironment Environment(params object[] more) => new()
    {
        Now = Now, Ambient = [View, new CaseScope(Case, View, Actor.System, Now), .. more], Globals = [new CaseExpressionGlobals()]
    };

    private static JsonObject Input(object value)
    {
        var expression = value switch
        {
            string text when text.StartsWith("js:", StringComparison.Ordinal) => new JsonObject { ["type"] = "JavaScript", ["value"] = text[3..] },
            JsonNode node => new JsonObject { ["type"] = "Object", ["value"] = node.ToJsonString() },
            _ => new JsonObject { ["type"] = "Literal", ["value"] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) }
        };
        return new JsonObject { ["typeName"] = "Object", ["expression"] = expression };
    }

    private static ReferenceSnapshot Load()
    {
        (string File, string Kind, string Key)[] files =
        [
            ("regions", ReferenceKinds.Region, "code"), ("units", ReferenceKinds.Unit, "id"), ("opening_hours", ReferenceKinds.OpeningHours, "unit"), ("roles", ReferenceKinds.Role, "code"),
            ("people", ReferenceKinds.Person, "id"), ("role_assignments", ReferenceKinds.RoleAssignment, "id"), ("case_types", ReferenceKinds.CaseType, "code"),
            ("routing", ReferenceKinds.Routing, "id"), ("phrases", ReferenceKinds.Phrase, "id"), ("routine_documents", ReferenceKinds.RoutineDocument, "id"), ("settings", ReferenceKinds.Setting, "key")
        ];
        var rows = from file in files
                   from document in JsonNode.Parse(RoutineFiles.Text($"reference/{file.File}.json"))!.AsArray()
                   let data = document!.AsObject()
                   select new ReferenceRow(file.Kind, data[file.Key]! + (file.Kind == ReferenceKinds.Setting ? ":" + data["scope"] : ""), DateTimeOffset.MinValue, null, null, data, 1);
        return new ReferenceSnapshot(1, [.. rows]);
    }
}
