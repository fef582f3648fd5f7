using System.Collections.Frozen;
using CaseWorkflows.Engine.Activities.Composition;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Graph;

/// <summary>A definition compiled once: immutable, shared by all its instances and threads.</summary>
public sealed class WorkflowGraph
{
    private readonly FrozenDictionary<string, GraphNode> _byNodeId;
    private readonly FrozenSet<string> _names;

    internal WorkflowGraph(WorkflowDefinition definition, IReadOnlyList<GraphNode> nodes, CompileOptions options, bool readsOutputs)
    {
        Definition = definition;
        Nodes = nodes;
        Options = options;
        ReadsOutputs = readsOutputs;
        _byNodeId = nodes.DistinctBy(n => n.NodeId).ToFrozenDictionary(n => n.NodeId, StringComparer.Ordinal);
        _names = nodes.SelectMany(n => new[] { n.Activity.Id, n.Activity.Name ?? "" }).Where(s => s.Length > 0).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Triggers = [.. nodes.Where(n => n.Activity is { CanStartWorkflow: true } and (IEventTrigger or IScheduledTrigger) && !IsInsideAnother(n)).Select(n => n.Activity)];
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>Every step; the first is the workflow itself, <c>Workflow1</c>.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>Steps marked "starts the workflow" that can.</summary>
    public IReadOnlyList<Activity> Triggers { get; }

    internal CompileOptions Options { get; }

    /// <summary>True when some script asks for the output of a step; only then are outputs kept.</summary>
    internal bool ReadsOutputs { get; }

    /// <exception cref="DefinitionException">With every problem found.</exception>
    public static WorkflowGraph Compile(WorkflowDefinition d, ActivityRegistry r, CompileOptions? o = null)
    {
        ArgumentNullException.ThrowIfNull(d);
        ArgumentNullException.ThrowIfNull(r);
        return new GraphCompiler(r, o ?? new CompileOptions()).Compile(d);
    }

    /// <summary>Every problem of a definition, none when it can be published.</summary>
    public static IReadOnlyList<DefinitionProblem> Check(WorkflowDefinition d, ActivityRegistry r, CompileOptions? o = null)
    {
        try
        {
            Compile(d, r, (o ?? new CompileOptions()) with { Strict = true });
            return [];
        }
        catch (DefinitionException e)
        {
            return e.Problems;
        }
    }

    public GraphNode? Find(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    /// <summary>A stored state may name a step that is gone; it then stands on one that fails when it is to do anything.</summary>
    internal GraphNode FindOrMissing(string nodeId) => Find(nodeId) ?? NotFoundActivity.MissingNode(nodeId);

    internal bool HasActivityNamed(string name) => _names.Contains(name);

    private static bool IsInsideAnother(GraphNode node)
    {
        for (var p = node.Parent; p is not null; p = p.Parent)
        {
            if (p.Activity is WorkflowDefinitionActivity) return true;
        }

        return false;
    }
}
