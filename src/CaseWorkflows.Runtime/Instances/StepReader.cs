using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.Runtime;

/// <summary>Tells of steps in people's words: what they are called, and where each way out of them leads.</summary>
public sealed class StepReader
{
    private const string Done = "Done";

    // Stands in the graph for a step of a sort that is not there.
    private const string Missing = "Elsa.NotFoundActivity";
    private readonly IGraphSource _graphs;

    public StepReader(IGraphSource graphs) => _graphs = graphs;

    /// <param name="versionId">The version that the instance runs.</param>
    /// <param name="nodeId">The step; null asks for the routine alone.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>Null when the version cannot be read any more.</returns>
    public async ValueTask<RoutineStep?> FindAsync(string versionId, string? nodeId, CancellationToken ct)
    {
        WorkflowGraph? graph;
        try
        {
            graph = await _graphs.FindVersionAsync(versionId, ct);
        }
        catch (Engine.Definitions.DefinitionException)
        {
            // A version that this host cannot compile: that may be the very fault.
            return null;
        }

        if (graph is null) return null;
        var (routine, version) = (graph.Definition.Name ?? graph.Definition.DefinitionId, graph.Definition.Version);
        return nodeId is not null && graph.Find(nodeId) is { } node
            ? new RoutineStep(routine, version, LabelOf(node), node.Descriptor.DisplayName, node.Activity is JobActivity, node.Descriptor.TypeName == Missing, WaysOf(node))
            : new RoutineStep(routine, version, null, null, false, false, []);
    }

    private static List<StepWay> WaysOf(GraphNode node)
    {
        if (node.Parent is not { } parent) return [];
        if (parent.Activity.Json["connections"] is not JsonArray connections) return Following(node, parent) is { } next ? [new StepWay(Done, [LabelOf(next)])] : [];
        var arrows = connections.OfType<JsonObject>()
            .Where(c => End(c, "source", "activity") == node.Activity.Id)
            .Select(c => (Outcome: End(c, "source", "port") ?? Done, To: parent.Children.FirstOrDefault(n => n.Activity.Id == End(c, "target", "activity"))))
            .ToList();
        // What the drawing shows as ports, and what it has arrows from: a step of an older version may have lost the port.
        return [.. Outcomes.Of(Drawn(node), node.Descriptor).Union(arrows.Select(a => a.Outcome), StringComparer.Ordinal)
            .Select(o => new StepWay(o, [.. arrows.Where(a => a.Outcome == o && a.To is not null).Select(a => LabelOf(a.To!))]))];
    }

    private static GraphNode? Following(GraphNode node, GraphNode parent)
    {
        if (parent.Activity is not Engine.Activities.Containers.Sequence) return null;
        var place = parent.Children.TakeWhile(n => !ReferenceEquals(n, node)).Count();
        return place + 1 < parent.Children.Count ? parent.Children[place + 1] : null;
    }

    private static string LabelOf(GraphNode node) => Drawn(node).Label;

    private static ActivityNode Drawn(GraphNode node) => new(node.Activity.Json, node.Activity.Id, node.NodeId, node.Path, node.Parent?.Activity.Json, null);

    private static string? End(JsonObject connection, string end, string property) =>
        connection[end] is JsonObject o ? DefinitionDocument.String(o, property) : null;
}
