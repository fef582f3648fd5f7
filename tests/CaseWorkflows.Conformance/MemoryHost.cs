using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.Journal;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Conformance;

/// <summary>What a durable host does around the engine, in memory: definitions, children, events, and states that are stored and read back.</summary>
internal sealed class MemoryHost(IReadOnlyList<WorkflowDefinition> definitions, FlowMode mode) : IPublishedDefinitions
{
    private static readonly ActivityRegistry Registry = ActivityRegistry.CreateDefault().Register<TestContainer>();
    private readonly Dictionary<WorkflowDefinition, WorkflowGraph> _graphs = [];
    private DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1));

    public List<string> Lines { get; } = [];

    public List<MemoryInstance> Instances { get; } = [];

    public static IReadOnlyList<DefinitionProblem> Publish(WorkflowDefinition definition) => WorkflowGraph.Check(definition, Registry);

    PublishedDefinition IPublishedDefinitions.Find(string definitionId) => Find(definitionId) is null ? PublishedDefinition.Missing : PublishedDefinition.Startable;

    public WorkflowDefinition? Find(string id) => definitions.LastOrDefault(d => d.DefinitionId == id);

    public WorkflowDefinition? FindVersion(string id) => definitions.FirstOrDefault(d => d.Id == id);

    public MemoryInstance Start(WorkflowDefinition definition, IReadOnlyDictionary<string, object?> input, string? correlationId = null, MemoryInstance? parent = null, string? trigger = null, object? payload = null, Guid? id = null)
    {
        var instance = new MemoryInstance(definition, parent);
        Instances.Add(instance);
        Apply(instance, Burst.Start(GraphOf(definition), new StartBurst(id ?? Guid.CreateVersion7(), correlationId, input, trigger, null, payload), Environment()));
        return instance;
    }

    public void Resume(MemoryInstance instance, string bookmarkId, object? input)
    {
        // Every suspension goes through the stored form, so each case also proves that the state survives it.
        var stored = WorkflowState.Deserialize(instance.State!.Serialize());
        var result = Burst.Resume(GraphOf(instance.Definition), stored, bookmarkId, input, Environment());
        if (result.Disposition == BurstDisposition.Ran) Apply(instance, result);
    }

    public WorkflowGraph GraphOf(WorkflowDefinition definition)
    {
        if (!_graphs.TryGetValue(definition, out var graph)) _graphs[definition] = graph = WorkflowGraph.Compile(definition, Registry, new CompileOptions { FlowMode = mode, ResolveDefinition = Resolve, Strict = false });
        return graph;
    }

    private WorkflowDefinition? Resolve(DefinitionReference r) =>
        definitions.FirstOrDefault(d => d.Id.Length > 0 && d.Id == r.DefinitionVersionId)
        ?? definitions.LastOrDefault(d => d.DefinitionId == r.DefinitionId)
        ?? definitions.LastOrDefault(d => DefinitionNames.TypeNameOf(d) == r.TypeName);

    private BurstEnvironment Environment() => new() { Now = _now = _now.AddMilliseconds(1), Ambient = [this] };

    private void Apply(MemoryInstance instance, BurstResult result)
    {
        instance.State = result.State;
        instance.Journal.AddRange(result.Journal);
        var answers = new List<(string Bookmark, ChildResult Result)>();
        foreach (var effect in result.Effects)
        {
            switch (effect)
            {
                case LineWritten line:
                    Lines.Add(line.Text);
                    break;
                case ChildStarted child when Find(child.DefinitionId) is { } definition:
                    var started = Start(definition, child.Input, child.CorrelationId, instance, id: child.ChildInstanceId);
                    if (child.WaitBookmarkId is { } bookmark && started.State!.Status == WorkflowStatus.Finished)
                    {
                        answers.Add((bookmark, new ChildResult(child.ChildInstanceId, started.State.Status, started.State.SubStatus, started.State.Output)));
                    }

                    break;
                case EventPublished e:
                    Publish(e);
                    break;
            }
        }

        foreach (var (bookmark, answer) in answers) Resume(instance, bookmark, answer);
    }

    private void Publish(EventPublished e)
    {
        foreach (var instance in Instances.Where(i => i.State is not null && (e.CorrelationId is null || i.State.CorrelationId == e.CorrelationId)).ToArray())
        {
            foreach (var bookmark in instance.State!.Bookmarks.Where(b => b.Name == "Event" && b.Key == e.Name).ToArray()) Resume(instance, bookmark.Id, e.Payload);
        }

        var context = new TriggerContext(Environment());
        foreach (var definition in definitions)
        {
            foreach (var trigger in GraphOf(definition).Triggers)
            {
                if (trigger is IEventTrigger t && t.EventName(context) == e.Name) Start(definition, new Dictionary<string, object?>(), e.CorrelationId, null, trigger.NodeId, e.Payload);
            }
        }
    }
}
