using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Engine.Graph;

/// <summary>A step in a compiled graph.</summary>
public sealed class GraphNode
{
    private readonly List<GraphNode> _children = [];
    private Dictionary<string, string>? _outputTargets;

    internal GraphNode(Activity activity, ActivityDescriptor descriptor, GraphNode? parent, string nodeId, string path, int index)
    {
        Activity = activity;
        Descriptor = descriptor;
        Parent = parent;
        NodeId = nodeId;
        Path = path;
        Index = index;
        activity.Node = this;
        activity.NodeId = nodeId;
    }

    public Activity Activity { get; }

    public ActivityDescriptor Descriptor { get; }

    public GraphNode? Parent { get; }

    public IReadOnlyList<GraphNode> Children => _children;

    public string NodeId { get; }

    /// <summary>Where the step stands in the definition's JSON.</summary>
    public string Path { get; }

    public int Index { get; }

    /// <summary>Place among a flowchart's activities.</summary>
    internal int LocalIndex { get; set; } = -1;

    internal VariableSlot[] Variables { get; set; } = [];

    /// <summary>Inputs evaluated when the step begins, by slot.</summary>
    internal Input[] Slots { get; set; } = [];

    internal VariableSlot? FindVariable(string id)
    {
        foreach (var slot in Variables)
        {
            if (slot.Id == id) return slot;
        }

        return null;
    }

    internal string? OutputTarget(string name) => _outputTargets?.GetValueOrDefault(name);

    internal void BindOutput(string name, string target) => (_outputTargets ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = target;

    internal void Add(GraphNode child) => _children.Add(child);
}
