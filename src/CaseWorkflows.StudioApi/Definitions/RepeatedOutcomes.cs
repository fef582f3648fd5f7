using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Definitions;

/// <summary>Two ports of one name make Studio draw nothing, so an outcome goes out once however often it was written.</summary>
internal static class RepeatedOutcomes
{
    private const string SwitchDefault = "Default";

    public static void Hide(JsonObject document, ActivityRegistry registry)
    {
        foreach (var step in DefinitionDocument.Activities(document).ToList())
        {
            if (step.Type == "Elsa.FlowSwitch" && step.Json["cases"] is JsonArray cases) Rename(cases);
            if (registry.Find(step.Type, step.Version)?.Inputs.FirstOrDefault(i => i.UIHint == "dynamic-outcomes") is { } input) Distinct(step.Json, input);
        }
    }

    private static void Distinct(JsonObject step, InputDescriptor input)
    {
        if (step[input.JsonName] is not JsonObject wrapped || wrapped["expression"] is not JsonObject expression) return;
        var texts = Literals.Texts(step, input);
        var kept = texts.Distinct(StringComparer.Ordinal).Except(Literals.FixedOutcomes(input), StringComparer.Ordinal).ToList();
        if (kept.Count == texts.Count) return;
        var array = new JsonArray([.. kept.Select(t => (JsonNode)t)]);
        expression["value"] = expression["value"] is JsonArray ? array : DefinitionDocument.Write(array);
    }

    private static void Rename(JsonArray cases)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { SwitchDefault };
        foreach (var one in cases.OfType<JsonObject>())
        {
            var label = one.Text("label") ?? "";
            for (var n = 2; !seen.Add(one.Text("label") ?? ""); n++) one["label"] = $"{label} ({n})";
        }
    }
}
