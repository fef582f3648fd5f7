using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>The ways out of a step, worked out as Studio does when it draws the ports.</summary>
internal static class Outcomes
{
    public static IReadOnlyList<string> Of(ActivityNode node, ActivityDescriptor descriptor)
    {
        if (node.Type is "Elsa.FlowSwitch")
        {
            var labels = (node.Json["cases"] as JsonArray ?? []).OfType<JsonObject>().Select(c => DefinitionDocument.String(c, "label")).OfType<string>();
            return [.. labels, "Default"];
        }

        var dynamic = descriptor.Inputs.FirstOrDefault(i => i.UIHint == "dynamic-outcomes");
        if (dynamic is not null)
        {
            var named = Literals.Texts(node.Json, dynamic);
            var fixedOnes = (dynamic.UiSpecifications?["DynamicOutcomesOptions"]?["fixedOutcomes"] as JsonArray)?.Select(n => n?.ToString()).OfType<string>() ?? [];
            return [.. named.Concat(fixedOnes).Concat(Flow(descriptor)).Distinct(StringComparer.Ordinal)];
        }

        var ports = Flow(descriptor).ToList();
        return ports.Count > 0 ? ports : descriptor.IsTerminal ? [] : ["Done"];
    }

    /// <summary>Takes several ways at once, so that what follows may meet again.</summary>
    public static bool IsFork(string type) => type is "Elsa.FlowFork" or "Elsa.Fork";

    private static IEnumerable<string> Flow(ActivityDescriptor descriptor) =>
        descriptor.Ports.Where(p => p.Kind == PortKind.Flow && p.IsBrowsable).Select(p => p.Name);
}
