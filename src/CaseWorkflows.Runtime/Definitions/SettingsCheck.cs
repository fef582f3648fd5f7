using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What can be seen from each step's settings: missing ones, words that nothing knows, variables that do not exist.</summary>
internal sealed partial class SettingsCheck(ActivityRegistry registry, ICheckVocabulary vocabulary)
{
    private static readonly Dictionary<string, string> Nouns = new(StringComparer.Ordinal)
    {
        ["roles"] = "rollen",
        ["units"] = "enheten",
        ["phrases"] = "frasen",
        ["caseTypes"] = "ärendetypen",
        ["case-types"] = "ärendetypen",
        ["routines"] = "rutinen",
    };

    public IEnumerable<Finding> Run(JsonObject document, IReadOnlyList<ActivityNode> all)
    {
        var workflowVariables = Variables(document).ToList();
        var outputs = (document["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(o => DefinitionDocument.String(o, "name")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var byJson = all.ToDictionary(a => a.Json);
        foreach (var step in all)
        {
            if ((registry.Find(step.Type, step.Version) ?? registry.FindLatest(step.Type)) is not { } descriptor) continue;
            var variables = new List<(string Id, string Name)>(workflowVariables);
            for (var container = step.Json; container is not null; container = byJson[container].Parent) variables.AddRange(Variables(container));
            foreach (var input in descriptor.Inputs)
                foreach (var finding in Input(step, input, variables)) yield return finding;
            foreach (var output in descriptor.Outputs)
                if (Unbound(step, output.JsonName, variables, outputs) is { } name)
                    yield return Of(FindingSeverity.Error, "unknown-variable", step, $"Steget ’{step.Label}’ sparar ’{output.DisplayName}’ i variabeln ’{name}’, som inte finns.");
        }
    }

    private IEnumerable<Finding> Input(ActivityNode step, InputDescriptor input, List<(string Id, string Name)> variables)
    {
        var (type, value) = Literals.Expression(step.Json, input);
        if (input.Required && IsEmpty(value))
        {
            yield return Of(FindingSeverity.Error, "missing-input", step, $"Steget ’{step.Label}’ saknar ’{input.DisplayName}’.");
            yield break;
        }

        if (type == "Variable" && UnknownVariable(value, variables) is { } unknown)
            yield return Of(FindingSeverity.Error, "unknown-variable", step, $"Steget ’{step.Label}’ använder variabeln ’{unknown}’ i ’{input.DisplayName}’, men den finns inte.");
        if (type is null && input.UIHint == "variable-picker" && value is JsonObject picked && UnknownVariable(picked, variables) is { } unpicked)
            yield return Of(FindingSeverity.Error, "unknown-variable", step, $"Steget ’{step.Label}’ pekar på variabeln ’{unpicked}’, som inte finns.");
        if (type == "JavaScript" && value is JsonValue script && script.TryGetValue<string>(out var text))
        {
            foreach (Match match in VariableCall().Matches(text))
            {
                var name = match.Groups[1].Value;
                if (!variables.Any(v => v.Name == name || v.Id == name))
                    yield return Of(FindingSeverity.Warning, "unknown-variable", step, $"Steget ’{step.Label}’ läser variabeln ’{name}’ i ’{input.DisplayName}’, men rutinen har ingen sådan variabel.");
            }
        }

        if (input.OptionsProvider is { } provider && type is null or "Literal" or "Object" or "Json")
            foreach (var finding in Words(step, input)) yield return finding;
    }

    private IEnumerable<Finding> Words(ActivityNode step, InputDescriptor input)
    {
        foreach (var (provider, word) in WordsOf(step, input))
        {
            if (word.Length == 0 || input.Options.Contains(word) || IsPlaceholder(word)) continue;
            if (vocabulary.ValuesOf(provider) is not { } known || known.Contains(word)) continue;
            var noun = Nouns.GetValueOrDefault(provider, "värdet");
            yield return Of(FindingSeverity.Error, provider == "routines" ? "missing-routine" : "unknown-value", step,
                provider == "routines"
                    ? $"Steget ’{step.Label}’ startar rutinen ’{word}’, som inte finns eller inte är publicerad."
                    : $"Steget ’{step.Label}’ anger {noun} ’{word}’ i ’{input.DisplayName}’, men den finns inte.");
        }
    }

    /// <summary>Plain words belong to the input's own provider; objects name theirs (role, unit, phrase).</summary>
    private static IEnumerable<(string Provider, string Word)> WordsOf(ActivityNode step, InputDescriptor input)
    {
        if (input.OptionsProvider is not { } provider || Literals.Text(step.Json, input) is not { Length: > 0 } text) yield break;
        if (text[0] is not ('[' or '{'))
        {
            yield return (provider, text);
            yield break;
        }

        JsonNode? parsed;
        try
        {
            parsed = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            yield break;
        }

        foreach (var item in parsed is JsonArray array ? array.ToList() : [parsed])
        {
            if (item is JsonValue v && v.TryGetValue<string>(out var word)) yield return (provider, word);
            if (item is not JsonObject o) continue;
            if (DefinitionDocument.String(o, "role") is { } role) yield return ("roles", role);
            if (DefinitionDocument.String(o, "unit") is { } unit) yield return ("units", unit);
            if (DefinitionDocument.String(o, "phrase") is { } phrase) yield return ("phrases", phrase);
        }
    }

    /// <summary>Words worked out when the step runs, such as the case's own unit.</summary>
    private static bool IsPlaceholder(string word) => word.StartsWith('{') || word.StartsWith('$') || word.StartsWith('=') || word is "*";

    private static string? UnknownVariable(JsonNode? value, List<(string Id, string Name)> variables)
    {
        var node = value;
        if (value is JsonValue v && v.TryGetValue<string>(out var text))
        {
            if (!text.TrimStart().StartsWith('{')) return text.Length == 0 || variables.Any(x => x.Id == text || x.Name == text) ? null : text;
            try
            {
                node = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                return text;
            }
        }

        if (node is not JsonObject o) return null;
        var id = DefinitionDocument.String(o, "id");
        var name = DefinitionDocument.String(o, "name");
        if (id is null && name is null) return null;
        return variables.Any(x => x.Id == id || (id is null && x.Name == name)) ? null : name ?? id;
    }

    private static string? Unbound(ActivityNode step, string jsonName, List<(string Id, string Name)> variables, HashSet<string> outputs)
    {
        if (step.Json[jsonName] is not JsonObject o || o["memoryReference"] is not JsonObject reference) return null;
        var id = DefinitionDocument.String(reference, "id");
        return string.IsNullOrEmpty(id) || outputs.Contains(id) || variables.Any(v => v.Id == id || v.Name == id) ? null : id;
    }

    private static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue v when v.TryGetValue<string>(out var text) => string.IsNullOrWhiteSpace(text) || text.Trim() is "[]" or "{}",
        _ => false,
    };

    private static IEnumerable<(string Id, string Name)> Variables(JsonObject owner) =>
        (owner["variables"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(v => (DefinitionDocument.String(v, "id") ?? DefinitionDocument.String(v, "name") ?? "", DefinitionDocument.String(v, "name") ?? ""));

    private static Finding Of(FindingSeverity severity, string code, ActivityNode step, string message) =>
        new(severity, code, step.NodeId, step.Id, step.Label, message);

    [GeneratedRegex("""getVariable\(\s*["']([^"']+)["']\s*\)""")]
    private static partial Regex VariableCall();
}
