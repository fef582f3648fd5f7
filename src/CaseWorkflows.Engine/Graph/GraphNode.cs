using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Engine.Graph;

/// <summary>A step in a compiled graph.</summary>
public sealed class GraphNode
{
    private readonly List<GraphNode> _children = [];

    internal GraphNode(Activity activity, ActivityDescriptor descriptor, GraphNode? parent, string nodeId, string path, int index)
    {
        Activity = activity;
        Descriptor = descriptor;
        Parent = parent;
        NodeId = nodeId;
        Path = path;
        Index = index;
    }

    public Activity Activity { get; }

    public ActivityDescriptor Descriptor { get; }

    public GraphNode? Parent { get; }

    public IReadOnlyList<GraphNode> Children => _children;

    public string NodeId { get; }

    /// <summary>Where the step stands in the definition's JSON.</summary>
    public string Path { get; }

    public int Index { get; }

    internal void Add(GraphNode child) => _children.Add(child);
}
