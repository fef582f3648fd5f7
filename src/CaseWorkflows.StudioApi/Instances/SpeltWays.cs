using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Whether what the resident wrote decides which way a routine goes: then its ways spell it, letter by letter, to whoever may follow the
/// routine. Found from above: a step that reads the text, or a variable that such a step may have set, and does more than keep or show it.
/// </summary>
internal static partial class SpeltWays
{
    // These have one way on, whatever they are given; a task's way is chosen by whoever does it.
    private static readonly HashSet<string> OneWay = new(StringComparer.Ordinal)
    {
        "Elsa.SetVariable", "Elsa.SetName", "Elsa.Correlate", "Elsa.WriteLine", "Elsa.SetOutput", "Elsa.Event", "Elsa.Fault", "CaseWorkflows.HumanTask", "CaseWorkflows.ExternalEvidence",
        "CaseWorkflows.ResidentMessage", "CaseWorkflows.StaffNotice", "CaseWorkflows.HistoryNote",
    };

    /// <param name="graph">Null: not known, and so it may.</param>
    public static bool Of(WorkflowGraph? graph)
    {
        if (graph is null) return true;
        var steps = graph.Nodes.Select(n => (n.Activity.Json, n.Descriptor.TypeName, Scripts: CaseReads.ScriptsOf(n.Activity.Json).ToList(), Text: OwnText(n.Activity.Json))).ToList();
        if (!steps.Exists(s => s.Scripts.Exists(CaseReads.IsOfContents))) return false;
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var before = -1; before != told.Count;)
        {
            before = told.Count;
            foreach (var step in steps.Where(Reads)) told.UnionWith(SetBy(step.Json, step.Scripts));
        }

        return steps.Exists(s => !OneWay.Contains(s.TypeName) && Reads(s));

        bool Reads((JsonObject Json, string TypeName, List<string> Scripts, string Text) s) =>
            s.Scripts.Exists(CaseReads.IsOfContents) || told.Any(v => s.Text.Contains("get" + Pascal(v), StringComparison.Ordinal) || s.Text.Contains($"variables.{v}", StringComparison.Ordinal)
                || s.Text.Contains($"\"{v}\"", StringComparison.Ordinal) || s.Text.Contains($"'{v}'", StringComparison.Ordinal));
    }

    /// <summary>Names and ids of the variables that the step may set.</summary>
    private static IEnumerable<string> SetBy(JsonObject step, IEnumerable<string> scripts)
    {
        if (step["variable"] is JsonObject variable)
            foreach (var name in new[] { variable.Text("id"), variable.Text("name") }) if (name is { Length: > 0 }) yield return name;
        foreach (var output in step.Select(p => (p.Value as JsonObject)?.Object("memoryReference")?.Text("id")))
            if (output is { Length: > 0 }) yield return output;
        foreach (var script in scripts)
        {
            foreach (var name in ScriptNames.VariablesSet(script)) yield return name;
            foreach (Match set in Setter().Matches(script)) yield return set.Groups[1].Value;
        }
    }

    private static string OwnText(JsonObject step)
    {
        var own = new JsonObject();
        foreach (var (name, value) in step)
            if (name is not ("activities" or "connections" or "body" or "then" or "else" or "branches" or "metadata" or "root")) own[name] = value?.DeepClone();
        return own.ToJsonString(StudioJson.Options);
    }

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}_$])set(\p{Lu}[\p{L}\p{Nd}_$]*)\s*\(")]
    private static partial Regex Setter();

    private static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
