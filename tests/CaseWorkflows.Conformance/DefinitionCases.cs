using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Conformance;

/// <summary>Cases about definitions rather than runs: who uses whom, and what a stored definition does and does not hold.</summary>
internal static class DefinitionCases
{
    public static IReadOnlyList<string> Run(ConformanceCase c, List<WorkflowDefinition> definitions) => c.Id switch
    {
        "reference-graph-consumers" => Consumers(definitions),
        "json-structure" => Structure(definitions),
        "dependency-publishing" => Dependencies(definitions),
        _ => [$"the case {c.Id} is not handled"],
    };

    private static List<string> Consumers(List<WorkflowDefinition> definitions)
    {
        var found = new List<string>();
        Comparison.Check(found, "consumers of the grandchild", "refgraph-child,refgraph-parent", Names(DefinitionReferences.ConsumersOf("refgraph-grandchild", definitions)));
        Comparison.Check(found, "consumers of the parent", "", Names(DefinitionReferences.ConsumersOf("refgraph-parent", definitions)));
        return found;
    }

    /// <summary>A definition used as a step is not copied into the one that uses it, but stands in its graph.</summary>
    private static List<string> Structure(List<WorkflowDefinition> definitions)
    {
        var found = new List<string>();
        var main = definitions.Single(d => d.DefinitionId != definitions[0].DefinitionId);
        if (main.Root["activities"]![0]!.AsObject().ContainsKey("root")) found.Add("the inner workflow is stored inside the step");
        var graph = new MemoryHost(definitions, FlowMode.Counter).GraphOf(main);
        var node = graph.Find("Workflow2:4d5af7585eece1d7:f19ae76011a020f3");
        Comparison.Check(found, "inner step", "Elsa.WriteLine", node?.Children[0].Children[0].Children[0].Activity.TypeName);
        return found;
    }

    private static List<string> Dependencies(List<WorkflowDefinition> definitions)
    {
        var child = definitions.Single(d => d.DefinitionId == "child");
        var parent = definitions.Single(d => d.DefinitionId == "parent");
        var next = (JsonObject)child.Json.DeepClone();
        next["version"] = 2;
        next["id"] = "child-v2";
        var draft = WorkflowDefinition.FromJson((JsonObject)parent.Json.DeepClone());
        var changed = DefinitionReferences.PointAt(draft, WorkflowDefinition.FromJson(next));
        var step = draft.Root["activities"]![0]!;
        var found = new List<string>();
        Comparison.Check(found, "changed steps", "1", changed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Comparison.Check(found, "version of the step", "2", step["version"]!.ToJsonString());
        Comparison.Check(found, "version id of the step", "child-v2", (string?)step["workflowDefinitionVersionId"]);
        return found;
    }

    private static string Names(IEnumerable<WorkflowDefinition> definitions) => string.Join(',', definitions.Select(d => d.DefinitionId).Order(StringComparer.Ordinal));
}
