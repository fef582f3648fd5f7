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
            return [.. named.Concat(Literals.FixedOutcomes(dynamic)).Concat(Flow(descriptor)).Distinct(StringComparer.Ordinal)];
        }

        var ports = Flow(descriptor).ToList();
        return ports.Count > 0 ? ports : descriptor.IsTerminal ? [] : ["Done"];
    }

    /// <summary>Outcomes that are written twice: Studio cannot draw a step that has one.</summary>
    public static IEnumerable<string> Repeated(ActivityNode node, ActivityDescriptor descriptor)
    {
        var all = node.Type is "Elsa.FlowSwitch"
            ? (node.Json["cases"] as JsonArray ?? []).OfType<JsonObject>().Select(c => DefinitionDocument.String(c, "label")).OfType<string>().Append("Default")
            : descriptor.Inputs.FirstOrDefault(i => i.UIHint == "dynamic-outcomes") is { } dynamic ? Literals.Texts(node.Json, dynamic).Concat(Literals.FixedOutcomes(dynamic)) : [];
        return all.GroupBy(o => o, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
    }

    /// <summary>The outcome as Studio writes it beside the port.</summary>
    public static string Shown(ActivityNode node, ActivityDescriptor? descriptor, string outcome) =>
        node.Type is not "Elsa.FlowSwitch" && descriptor?.Ports.FirstOrDefault(p => p.Kind == PortKind.Flow && p.Name == outcome) is { } port ? port.DisplayName : outcome;

    /// <summary>Takes several ways at once, so that what follows may meet again.</summary>
    public static bool IsFork(string type) => type is "Elsa.FlowFork" or "Elsa.Fork";

    private static IEnumerable<string> Flow(ActivityDescriptor descriptor) =>
        descriptor.Ports.Where(p => p.Kind == PortKind.Flow && p.IsBrowsable).Select(p => p.Name);
}
