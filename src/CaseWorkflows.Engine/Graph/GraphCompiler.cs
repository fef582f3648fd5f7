using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Activities.Composition;
using CaseWorkflows.Engine.Activities.Flow;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Graph;

/// <summary>Compiles one definition, with the definitions it uses as activities, into a graph.</summary>
internal sealed class GraphCompiler(ActivityRegistry registry, CompileOptions options)
{
    private const int MaxDepth = 60;
    private readonly List<DefinitionProblem> _problems = [];
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<WorkflowDefinition, int> _heights = [];
    private readonly List<WorkflowDefinition> _open = [];
    private readonly Dictionary<DefinitionReference, WorkflowDefinition?> _resolved = [];
    private ExpressionCompiler? _expressions;
    private bool _tooDeep;

    public bool Strict => options.Strict;

    public FlowMode FlowMode => Flowchart.FlowModeOf(_open[^1].Json) ?? options.FlowMode;

    public ExpressionCompiler Expressions => _expressions ??= new ExpressionCompiler(_problems, options.Strict);

    public bool ReadsOutputs { get; set; }

    public WorkflowGraph Compile(WorkflowDefinition definition)
    {
        if (definition.Root.Count == 0) throw DefinitionException.One("$.root", null, "root", "Definitionen saknar innehåll (root).");
        CompileWorkflow(definition, null, "$");
        if (Strict) Validate();
        var fatal = Strict ? _problems : [.. _problems.Where(p => p.Code is "container-cycle" or "depth")];
        if (fatal.Count > 0) throw new DefinitionException([.. fatal]);
        return new WorkflowGraph(definition, _nodes, options, ReadsOutputs);
    }

    public void Problem(string path, string? nodeId, string code, string message) => _problems.Add(new DefinitionProblem(path, nodeId, code, message));

    /// <summary>Compiles a step and everything below it; null when it is not a step at all.</summary>
    public GraphNode? CompileActivity(JsonObject json, GraphNode parent, string path)
    {
        if (Depth(parent) > MaxDepth)
        {
            if (!_tooDeep) Problem(path, parent.NodeId, "depth", $"Stegen ligger inuti varandra i fler än {MaxDepth} nivåer.");
            _tooDeep = true;
            return null;
        }

        var type = json.Text("type");
        if (string.IsNullOrEmpty(type))
        {
            if (Strict) Problem(path, parent.NodeId, "activity-type", "Ett steg saknar typ (type).");
            return null;
        }

        var id = json.Text("id");
        if (string.IsNullOrEmpty(id))
        {
            id = $"{type[(type.LastIndexOf('.') + 1)..]}{_nodes.Count}";
            if (Strict) Problem(path, parent.NodeId, "activity-id", "Ett steg saknar id.");
        }

        var nodeId = $"{parent.NodeId}:{id}";
        if (Strict && parent.Children.Any(n => n.Activity.Id == id)) Problem(path, nodeId, "duplicate-id", $"Två steg har samma id ({id}).");
        for (var p = parent; Strict && p is not null; p = p.Parent)
        {
            if (p.Activity is WorkflowDefinitionActivity) break;
            if (p.Activity.Id == id && p.Parent is not null) Problem(path, nodeId, "container-cycle", $"Steget {id} ligger inuti sig självt.");
        }

        var version = json.Int("version");
        if (FindDescriptor(type, version) is { Binding: not null } descriptor) return Build(descriptor.Binding.Create(), descriptor, json, parent, id, path);
        if (Resolve(json, type, version ?? 1) is { } definition) return BuildDefinition(definition, json, parent, id, path);
        if (Strict)
        {
            var shown = json.Text("missingTypeName") ?? type;
            Problem(path, nodeId, registry.FindLatest(type) is null ? "unknown-activity" : "unknown-version", $"Steget \"{Shown(json)}\" är av en sort som inte finns här: {shown} (version {version ?? 1}).");
        }

        return Build(new NotFoundActivity(), NotFoundActivity.Descriptor, json, parent, id, path);
    }

    public WorkflowDefinition? Resolve(JsonObject json, string type, int version)
    {
        var reference = new DefinitionReference(type, version, json.Text("workflowDefinitionId"), json.Text("workflowDefinitionVersionId"));
        if (reference.DefinitionId is null && reference.DefinitionVersionId is null && type.StartsWith("Elsa.", StringComparison.Ordinal)) return null;
        if (!_resolved.TryGetValue(reference, out var found)) _resolved[reference] = found = options.ResolveDefinition?.Invoke(reference);
        return found;
    }

    private static int Depth(GraphNode node)
    {
        var depth = 0;
        for (var p = node.Parent; p is not null; p = p.Parent) depth++;
        return depth;
    }

    /// <summary>What a person calls the step.</summary>
    internal static string Shown(JsonObject json) => (json["metadata"] as JsonObject)?.Text("displayText") ?? json.Text("name") ?? json.Text("id") ?? "?";

    /// <summary>Elsa writes closed generic types out; they are the plain activity here.</summary>
    private ActivityDescriptor? FindDescriptor(string type, int? version)
    {
        if (Look(type, version) is { } found) return found;
        var plain = type;
        var generic = plain.IndexOf('<', StringComparison.Ordinal);
        if (generic > 0) plain = plain[..generic];
        const string LongForm = "Elsa.Workflows.Activities.";
        if (plain.StartsWith(LongForm, StringComparison.Ordinal)) plain = "Elsa." + plain[LongForm.Length..];
        return plain == type ? null : Look(plain, version);
    }

    private ActivityDescriptor? Look(string type, int? version) => version is { } v ? registry.Find(type, v) : registry.FindLatest(type);

    private GraphNode? CompileWorkflow(WorkflowDefinition definition, GraphNode? parent, string path)
    {
        if (_open.Contains(definition) || _open.Any(d => d.DefinitionId == definition.DefinitionId && d.DefinitionId.Length > 0))
        {
            Problem(path, parent?.NodeId, "container-cycle", $"Arbetsflödet \"{definition.Name ?? definition.DefinitionId}\" används inuti sig självt.");
            return null;
        }

        _open.Add(definition);
        var id = $"Workflow{Height(definition)}";
        var activity = new WorkflowActivity { Id = id, TypeName = "Elsa.Workflow", Version = 1 };
        var node = new GraphNode(activity, registry.Find("Elsa.Workflow", 1) ?? WorkflowActivity.Descriptor, parent, parent is null ? id : $"{parent.NodeId}:{id}", path, _nodes.Count);
        _nodes.Add(node);
        parent?.Add(node);
        node.Variables = Variables(definition.Variables, path + ".variables", node.NodeId);
        activity.Root = CompileActivity(definition.Root, node, path + ".root")?.Activity;
        _open.RemoveAt(_open.Count - 1);
        return node;
    }

    /// <summary>Elsa numbers workflows from the innermost out: one that uses no other is Workflow1.</summary>
    private int Height(WorkflowDefinition definition, int depth = 0)
    {
        if (_heights.TryGetValue(definition, out var height)) return height;
        _heights[definition] = 1;
        var used = new List<WorkflowDefinition>();
        if (depth < MaxDepth) Collect(definition.Root, used, 0);
        return _heights[definition] = 1 + (used.Count == 0 ? 0 : used.Max(u => Height(u, depth + 1)));
    }

    private void Collect(JsonNode? node, List<WorkflowDefinition> used, int depth)
    {
        if (depth > 200) return;
        if (node is JsonArray list)
        {
            foreach (var item in list) Collect(item, used, depth + 1);
        }

        if (node is not JsonObject o) return;
        if (o.Text("type") is { } type && o["workflowDefinitionId"] is JsonValue && FindDescriptor(type, o.Int("version")) is null && Resolve(o, type, o.Int("version") ?? 1) is { } found) used.Add(found);
        foreach (var (_, value) in o)
        {
            if (value is JsonObject or JsonArray) Collect(value, used, depth + 1);
        }
    }

    private GraphNode Build(Activity activity, ActivityDescriptor descriptor, JsonObject json, GraphNode parent, string id, string path)
    {
        var custom = json["customProperties"] as JsonObject;
        activity.Id = id;
        activity.Json = json;
        activity.TypeName = json.Text("type")!;
        activity.Version = json.Int("version") ?? descriptor.Version;
        activity.Name = json.Text("name");
        activity.CanStartWorkflow = custom?.Bool("canStartWorkflow") ?? json.Bool("canStartWorkflow") ?? false;
        activity.MergeMode = custom?.Text("mergeMode");
        var node = new GraphNode(activity, descriptor, parent, $"{parent.NodeId}:{id}", path, _nodes.Count);
        _nodes.Add(node);
        parent.Add(node);
        var own = (json["variables"] as JsonArray)?.OfType<JsonObject>().Select(VariableDefinition.FromJson).ToArray() ?? [];
        if (own.Length > 0) node.Variables = Variables(own, path + ".variables", node.NodeId);
        var binder = new ActivityBinder(this, node, json, path);
        binder.BindProperties();
        activity.Bind(binder);
        node.Slots = binder.TakeSlots();
        return node;
    }

    private GraphNode BuildDefinition(WorkflowDefinition definition, JsonObject json, GraphNode parent, string id, string path)
    {
        var activity = new WorkflowDefinitionActivity(definition);
        var node = Build(activity, WorkflowDefinitionActivity.DescriptorOf(definition, json), json, parent, id, path);
        activity.TypeName = DefinitionNames.TypeNameOf(definition);
        activity.Inner = CompileWorkflow(definition, node, path + "→" + definition.DefinitionId)?.Activity;
        return node;
    }

    private VariableSlot[] Variables(IReadOnlyList<VariableDefinition> variables, string path, string nodeId)
    {
        var slots = new VariableSlot[variables.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            var v = variables[i];
            var type = TypeNames.Resolve(v.IsArray ? v.TypeName + "[]" : v.TypeName);
            object? value = null;
            try
            {
                value = Default(v, type);
            }
            catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
            {
                if (Strict) Problem($"{path}[{i}]", nodeId, "variable", $"Variabeln \"{v.Name}\" har ett startvärde som inte passar typen {v.TypeName}.");
            }

            slots[i] = new VariableSlot(v.Id, v.Name, type == typeof(object) || typeof(JsonNode).IsAssignableFrom(type) || type is { IsArray: true } ? null : type, value, v.StorageDriverTypeName?.Contains("Memory", StringComparison.OrdinalIgnoreCase) ?? false);
        }

        return slots;
    }

    private static object? Default(VariableDefinition v, Type? type)
    {
        if (v.Value is null) return type is { IsValueType: true } ? Activator.CreateInstance(type) : null;
        var value = Values.FromJson(v.Value);
        if (value is string s && (typeof(JsonNode).IsAssignableFrom(type) || type is { IsArray: true } || type == typeof(IDictionary<string, object>)) && s.TrimStart() is ['{' or '[', ..]) return Values.FromJson(JsonNode.Parse(s));
        return type is null || type == typeof(object) || typeof(JsonNode).IsAssignableFrom(type) ? value : Values.ConvertTo(value, type);
    }

    private void Validate()
    {
        foreach (var node in _nodes) node.Activity.Validate(new ActivityValidation(node.Activity, node.Path, _problems));
    }
}
