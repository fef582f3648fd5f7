using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What can be seen from how steps lie inside each other and from what the routine itself declares.</summary>
internal static class StructureCheck
{
    private static readonly Dictionary<string, string> Containers = new(StringComparer.Ordinal)
    {
        ["Elsa.Sequence"] = "activities",
        ["Elsa.Parallel"] = "activities",
        ["Elsa.Fork"] = "branches",
    };

    private static readonly HashSet<string> Loops = ["Elsa.For", "Elsa.ForEach", "Elsa.ParallelForEach", "Elsa.While", "CaseWorkflows.ForEachAdded"];

    public static IEnumerable<Finding> Run(JsonObject document, IReadOnlyList<ActivityNode> all)
    {
        foreach (var name in List(document, "variables").Select(v => DefinitionDocument.String(v, "name") ?? "").GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.First()))
            yield return new Finding(FindingSeverity.Error, "same-variable", null, null, null, $"Två variabler heter ’{name}’. Döp om den ena.");
        var byJson = all.ToDictionary(a => a.Json);
        foreach (var step in all)
        {
            if (Containers.TryGetValue(step.Type, out var inside) && step.Json[inside] is not JsonArray { Count: > 0 })
                yield return Of(FindingSeverity.Error, "empty", step, $"Flödet ’{step.Label}’ är tomt: lägg till minst ett steg.");
            if (Loops.Contains(step.Type) && step.Json["body"] is not JsonObject)
                yield return Of(FindingSeverity.Warning, "empty-body", step, $"Steget ’{step.Label}’ upprepar ingenting: lägg till det som ska göras varje gång.");
            if (step.Type == "Elsa.If" && step.Json["then"] is not JsonObject && step.Json["else"] is not JsonObject)
                yield return Of(FindingSeverity.Warning, "empty-body", step, $"Steget ’{step.Label}’ gör ingenting: lägg till det som ska göras då eller annars.");
            if (step.Type == "Elsa.Break" && !Above(step, byJson).Any(a => Loops.Contains(a.Type)))
                yield return Of(FindingSeverity.Warning, "no-loop", step, $"Steget ’{step.Label}’ ligger inte i någon upprepning, så det finns ingenting att avbryta.");
            if (step.Type is "Elsa.FlowSwitch" or "Elsa.Switch")
                foreach (var finding in Cases(step)) yield return finding;
            if (step.Type == "Elsa.SetOutput" && Plain(step, "outputName") is { } output && !List(document, "outputs").Any(o => string.Equals(DefinitionDocument.String(o, "name"), output, StringComparison.OrdinalIgnoreCase)))
                yield return Of(FindingSeverity.Error, "unknown-output", step, $"Steget ’{step.Label}’ sätter utdatan ’{output}’, som rutinen inte har. Lägg till den under rutinens utdata eller rätta stavningen.");
        }
    }

    private static IEnumerable<Finding> Cases(ActivityNode step)
    {
        var number = 0;
        foreach (var one in List(step.Json, "cases"))
        {
            number++;
            var label = DefinitionDocument.String(one, "label") is { Length: > 0 } text ? text : null;
            if (label is null) yield return Of(FindingSeverity.Error, "missing-input", step, $"Steget ’{step.Label}’: väg {number} saknar namn.");
            var condition = one["condition"] is JsonObject wrapped ? (wrapped["expression"] as JsonObject ?? wrapped)["value"] : one["condition"];
            if (condition is null || (condition is JsonValue v && v.TryGetValue<string>(out var script) && SoundText.IsBlank(script)))
                yield return Of(FindingSeverity.Error, "missing-input", step, $"Steget ’{step.Label}’: vägen ’{label ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture)}’ saknar villkor.");
        }
    }

    private static IEnumerable<ActivityNode> Above(ActivityNode step, Dictionary<JsonObject, ActivityNode> byJson)
    {
        for (var at = step.Parent; at is not null; at = byJson[at].Parent) yield return byJson[at];
    }

    private static string? Plain(ActivityNode step, string name) =>
        step.Json[name] is JsonObject wrapped && wrapped["expression"] is JsonObject expression && DefinitionDocument.String(expression, "type") is "Literal"
            ? DefinitionDocument.String(expression, "value") is { Length: > 0 } text ? text : null : null;

    private static IEnumerable<JsonObject> List(JsonObject owner, string name) => (owner[name] as JsonArray ?? []).OfType<JsonObject>();

    private static Finding Of(FindingSeverity severity, string code, ActivityNode step, string message) =>
        new(severity, code, step.NodeId, step.Id, step.Label, message);
}
