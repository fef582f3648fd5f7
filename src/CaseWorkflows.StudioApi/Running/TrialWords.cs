using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.StudioApi.Running;

/// <summary>What the trial of a step tells, in the words that the step has in the editor: Studio shows names and values as they come.</summary>
internal sealed class TrialWords(ActivityDescriptor? step)
{
    private const string Outcomes = "Outcomes";

    public JsonObject Inputs(JsonObject? values) => Named(values, step?.Inputs.Select(i => (i.Name, i.DisplayName)));

    public JsonObject Outputs(JsonObject? values) => Named(values, step?.Outputs.Select(o => (o.Name, o.DisplayName)));

    /// <param name="payload">Of the step's last event; a step with a single way out names none.</param>
    public JsonObject Payload(JsonObject? payload)
    {
        var told = payload?.DeepClone() as JsonObject ?? [];
        if (told[Outcomes] is JsonArray taken) told[Outcomes] = string.Join(", ", taken.Select(o => Shown((string?)o ?? "")));
        return told;
    }

    private string Shown(string outcome) =>
        step?.Ports.FirstOrDefault(p => p.Kind == PortKind.Flow && p.Name == outcome)?.DisplayName ?? (outcome == "Done" ? "Klar" : outcome);

    private static JsonObject Named(JsonObject? values, IEnumerable<(string Name, string Shown)>? names)
    {
        var shown = (names ?? []).ToDictionary(n => n.Name, n => n.Shown, StringComparer.Ordinal);
        var o = new JsonObject();
        foreach (var (name, value) in values ?? [])
        {
            var label = shown.GetValueOrDefault(name, name);
            o[o.ContainsKey(label) ? name : label] = value?.GetValueKind() switch
            {
                JsonValueKind.True => "Ja",
                JsonValueKind.False => "Nej",
                _ => value?.DeepClone(),
            };
        }

        return o;
    }
}
