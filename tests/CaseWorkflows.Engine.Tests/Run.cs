using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Tests;

/// <summary>One workflow in a test: short ways to write it, run it and look at it. Every resume goes through the stored form.</summary>
internal sealed class Run
{
    public static readonly Guid Instance = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1));
    public static readonly ActivityRegistry Registry = ActivityRegistry.CreateDefault().Register<TestJob>();
    private readonly WorkflowGraph _graph;
    private readonly BurstEnvironment _environment;

    private Run(WorkflowGraph graph, BurstEnvironment environment)
    {
        _graph = graph;
        _environment = environment;
    }

    public BurstResult Last { get; private set; } = null!;

    public WorkflowState State => Last.State;

    public List<string> Lines { get; } = [];

    public List<Effect> Effects { get; } = [];

    public static WorkflowDefinition Definition(string root, string variables = "[]", string extra = "") =>
        WorkflowDefinition.Parse($$"""{"id":"v1","definitionId":"test","version":1,"variables":{{variables}},{{extra}}"root":{{root}}}""");

    public static string Sequence(params string[] activities) => $$"""{"id":"s","type":"Elsa.Sequence","version":1,"activities":[{{string.Join(',', activities)}}]}""";

    public static string Flowchart(string activities, params string[] connections) =>
        $$"""{"id":"f","type":"Elsa.Flowchart","version":1,"activities":[{{activities}}],"connections":[{{string.Join(',', connections.Select(Connection))}}]}""";

    public static string Activity(string id, string type, string properties = "") => $$"""{"id":"{{id}}","type":"{{type}}","version":1{{(properties.Length > 0 ? "," + properties : "")}}}""";

    public static string Line(string id, string? text = null) => Activity(id, "Elsa.WriteLine", Literal("text", text ?? id));

    public static string Script(string id, string script) => Activity(id, "Elsa.WriteLine", JavaScript("text", script));

    public static string Event(string id) => Activity(id, "Elsa.Event", Literal("eventName", id));

    public static string Literal(string name, string value) => Wrapped(name, "String", "Literal", value);

    public static string JavaScript(string name, string value) => Wrapped(name, "Object", "JavaScript", value);

    public static WorkflowGraph Compile(WorkflowDefinition definition, CompileOptions? options = null) => WorkflowGraph.Compile(definition, Registry, options);

    public static Run Start(WorkflowDefinition definition, IReadOnlyDictionary<string, object?>? input = null, CompileOptions? options = null, BurstEnvironment? environment = null, string? trigger = null, object? payload = null)
    {
        var run = new Run(Compile(definition, options ?? new CompileOptions { Strict = false }), environment ?? new BurstEnvironment { Now = Now });
        run.Take(Burst.Start(run._graph, new StartBurst(Instance, null, input, trigger, null, payload), run._environment));
        return run;
    }

    public static Run Start(string root, string variables = "[]", string extra = "") => Start(Definition(root, variables, extra));

    public BurstResult Resume(string activityId, object? input = null) => Take(Burst.Resume(_graph, Stored(), State.Bookmarks.First(b => b.ActivityId == activityId).Id, input, _environment));

    public BurstResult ResumeBookmark(string id, object? input = null) => Take(Burst.Resume(_graph, Stored(), id, input, _environment));

    public BurstResult Cancel() => Take(Burst.Cancel(_graph, Stored(), _environment));

    public BurstResult FailJob(string message) => Take(Burst.FailJob(_graph, Stored(), State.Bookmarks[0].Id, message, _environment));

    public BurstResult Retry() => Take(Burst.RetryIncident(_graph, Stored(), State.Incidents[0].Id, "drift", "åtgärdat", _environment));

    public BurstResult Skip(string? outcome = null) => Take(Burst.SkipIncident(_graph, Stored(), State.Incidents[0].Id, outcome, "drift", "därför", _environment));

    private WorkflowState Stored() => WorkflowState.Deserialize(State.Serialize());

    private BurstResult Take(BurstResult result)
    {
        Last = result;
        Effects.AddRange(result.Effects);
        Lines.AddRange(result.Effects.OfType<LineWritten>().Select(l => l.Text));
        return result;
    }

    private static string Connection(string text)
    {
        var ends = text.Split('>');
        var source = ends[0].Split(':');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        }.ToJsonString();
    }

    private static string Wrapped(string name, string type, string syntax, string value) =>
        $"\"{name}\":" + new JsonObject { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = syntax, ["value"] = value } }.ToJsonString();
}
