using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Text;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>What can be seen from each step's settings: missing ones, values outside their choices, words that nothing knows.</summary>
internal sealed class SettingsCheck(ActivityRegistry registry, ICheckVocabulary vocabulary)
{
    private const string Routines = "routines";
    private const string Workers = "workers";
    private const string WorkRoles = "workRoles";
    private const string KnowingRoles = "knowingRoles";
    private const int Shown = 8;

    // Which word, and how it is spoken of: "enheten … den", "märket … det".
    private static readonly Dictionary<string, (string Noun, string Pronoun)> Nouns = new(StringComparer.Ordinal)
    {
        ["roles"] = ("rollen", "den"),
        ["workRoles"] = ("rollen", "den"),
        ["units"] = ("enheten", "den"),
        ["phrases"] = ("frasen", "den"),
        ["caseTypes"] = ("ärendetypen", "den"),
        ["case-types"] = ("ärendetypen", "den"),
        ["routineDocuments"] = ("rutindokumentet", "det"),
        ["routingTables"] = ("dirigeringstabellen", "den"),
        ["settings"] = ("inställningen", "den"),
        ["statuses"] = ("statusen", "den"),
    };

    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private bool _sweeps;

    /// <summary>JSON paths of the settings that were found missing, once the check has run.</summary>
    public IReadOnlySet<string> Missing => _missing;

    public IEnumerable<Finding> Run(IReadOnlyList<ActivityNode> all)
    {
        _sweeps = all.Any(a => a.Type == "CaseWorkflows.Sweep");
        foreach (var step in all)
        {
            if ((registry.Find(step.Type, step.Version) ?? registry.FindLatest(step.Type)) is not { } descriptor) continue;
            foreach (var input in descriptor.Inputs)
                foreach (var finding in Input(step, input)) yield return finding;
            if (Sent(step, descriptor) is { } name && vocabulary.ValuesOf("reservedEvents")?.Contains(SoundText.Of(name)) == true)
                yield return Of(FindingSeverity.Error, "reserved-event", step, $"Steget ’{step.Label}’ skickar händelsen ’{name}’, som bara systemet självt skickar. Välj ett annat namn.");
        }
    }

    /// <summary>The event that the step sends, when its name stands there.</summary>
    private static string? Sent(ActivityNode step, ActivityDescriptor descriptor) =>
        step.Type == "Elsa.PublishEvent" && descriptor.Inputs.FirstOrDefault(i => i.JsonName == "eventName") is { } input ? Literals.Text(step.Json, input) : null;

    private IEnumerable<Finding> Input(ActivityNode step, InputDescriptor input)
    {
        var (type, value) = Literals.Expression(step.Json, input);
        // One that is left out altogether has its default; one that was emptied has nothing.
        if (input.Required && IsEmpty(value) && (input.DefaultValue is null || type is not null))
        {
            _missing.Add($"{step.Path}.{input.JsonName}");
            yield return Of(FindingSeverity.Error, "missing-input", step, $"Steget ’{step.Label}’ saknar ’{input.DisplayName}’. Fyll i det.");
            yield break;
        }

        if (type is not (null or "Literal" or "Object" or "Json")) yield break;
        var provider = input.OptionsProvider ?? (input.UIHint == "workflow-definition-picker" ? Routines : null);
        foreach (var (kind, word) in WordsOf(step, input, provider ?? ""))
        {
            if (word.Length == 0 || IsPlaceholder(word)) continue;
            if (provider is not null) foreach (var finding in Word(step, input, kind, word)) yield return finding;
            else if (Outside(input, word) is { } choices)
                yield return Of(FindingSeverity.Error, "outside-choices", step, $"Steget ’{step.Label}’ har ’{word}’ i ’{input.DisplayName}’, som inte är ett av valen: {choices}.");
        }
    }

    private IEnumerable<Finding> Word(ActivityNode step, InputDescriptor input, string provider, string word)
    {
        if (input.Choices.Any(c => c.Value == word) || vocabulary.ValuesOf(provider) is not { } known) yield break;
        if (known.Contains(word))
        {
            if (_sweeps && provider == WorkRoles && vocabulary.ValuesOf(KnowingRoles)?.Contains(word) == false)
                yield return Of(FindingSeverity.Error, "sweep-role", step,
                    $"Steget ’{step.Label}’ anger rollen ’{word}’ i ’{input.DisplayName}’, som inte får se en enhets ärenden, men rutinen går igenom dem. Välj en annan roll.");
            yield break;
        }

        if (provider == Routines)
        {
            yield return Of(FindingSeverity.Error, "missing-routine", step, $"Steget ’{step.Label}’ startar rutinen ’{word}’, som inte finns eller inte är publicerad. Publicera den först, eller välj en annan.");
            yield break;
        }

        if (provider == Workers)
        {
            yield return Of(FindingSeverity.Error, "unknown-value", step,
                $"Steget ’{step.Label}’ anger personen ’{word}’ i ’{input.DisplayName}’, som inte har någon roll i regionen som arbetar med ärenden. Ange en annan person, eller välj roller.");
            yield break;
        }

        var (noun, pronoun) = Nouns.GetValueOrDefault(provider, ("värdet", "det"));
        // Routines may coin statuses of their own; most often an unknown one is misspelt.
        yield return provider == "statuses"
            ? Of(FindingSeverity.Warning, "unknown-value", step, $"Steget ’{step.Label}’ ger ärendet statusen ’{word}’ i ’{input.DisplayName}’, som inte är en av de vanliga. Kontrollera stavningen.")
            : Of(FindingSeverity.Error, "unknown-value", step, $"Steget ’{step.Label}’ anger {noun} ’{word}’ i ’{input.DisplayName}’, men {pronoun} finns inte. Välj en som finns i listan.");
    }

    /// <summary>The choices when the word is not one of them; null when it is, or there are none.</summary>
    private static string? Outside(InputDescriptor input, string word)
    {
        if (input.Options.Count == 0) return null;
        var options = input.Choices.ToList();
        if (options.Exists(o => string.Equals(o.Value, word, StringComparison.OrdinalIgnoreCase))) return null;
        var type = Nullable.GetUnderlyingType(input.ClrType) ?? input.ClrType;
        if (type.IsEnum && Enum.TryParse(type, word, ignoreCase: true, out var parsed) && Enum.IsDefined(type, parsed)) return null;
        return string.Join(", ", options.Take(Shown).Select(o => o.Text)) + (options.Count > Shown ? " …" : "");
    }

    /// <summary>Plain words belong to the input's own provider; objects name theirs (role, unit, phrase), or list words under names of their own.</summary>
    private static IEnumerable<(string Provider, string Word)> WordsOf(ActivityNode step, InputDescriptor input, string provider)
    {
        if (Literals.Text(step.Json, input) is not { Length: > 0 } text) yield break;
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
            foreach (var listed in o.Select(p => p.Value).OfType<JsonArray>().SelectMany(a => a.OfType<JsonValue>()))
                if (listed.TryGetValue<string>(out var name)) yield return (provider, name);
        }
    }

    /// <summary>Words worked out when the step runs, such as the case's own unit.</summary>
    private static bool IsPlaceholder(string word) => word.StartsWith('{') || word.StartsWith('$') || word.StartsWith('=') || word is "*";

    private static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue v when v.TryGetValue<string>(out var text) => SoundText.IsBlank(text) || text.Trim() is "[]" or "{}",
        _ => false,
    };

    private static Finding Of(FindingSeverity severity, string code, ActivityNode step, string message) =>
        new(severity, code, step.NodeId, step.Id, step.Label, message);
}
