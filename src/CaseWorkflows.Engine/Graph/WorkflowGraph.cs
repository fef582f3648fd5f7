using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Graph;

/// <summary>A definition compiled once: immutable, shared by all its instances and threads.</summary>
public sealed class WorkflowGraph
{
    internal WorkflowGraph(WorkflowDefinition definition, GraphNode[] nodes, CompileOptions options)
    {
        Definition = definition;
        Nodes = nodes;
        Options = options;
        ByNodeId = nodes.ToDictionary(n => n.NodeId, StringComparer.Ordinal);
        Triggers = [.. nodes.Where(n => n.Activity.CanStartWorkflow && n.Activity is IEventTrigger or IScheduledTrigger).Select(n => n.Activity)];
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>Every step; the first is the workflow itself, <c>Workflow1</c>.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>Steps marked "starts the workflow" that can.</summary>
    public IReadOnlyList<Activity> Triggers { get; }

    internal CompileOptions Options { get; }

    internal Dictionary<string, GraphNode> ByNodeId { get; }

    /// <exception cref="DefinitionException">With every problem found.</exception>
    public static WorkflowGraph Compile(WorkflowDefinition d, ActivityRegistry r, CompileOptions? o = null) => throw new NotImplementedException();

    public GraphNode? Find(string nodeId) => ByNodeId.GetValueOrDefault(nodeId);
}
