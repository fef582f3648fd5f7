using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Variables, inputs and names in scripts that a routine reads or sets, and does not have.</summary>
internal sealed class NamesCheck
{
    // What loops and children put in place while they run.
    private static readonly string[] OfContainers = ["CurrentValue", "CurrentIndex", "ChildResult", "Item"];

    private readonly ActivityRegistry _registry;
    private readonly IReadOnlyList<ActivityNode> _all;
    private readonly Dictionary<JsonObject, ActivityNode> _byJson;
    private readonly List<(string Id, string Name)> _workflowVariables;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _inputs;
    private readonly HashSet<string> _implicit;
    private readonly HashSet<string> _steps;
    private readonly IReadOnlySet<string>? _scriptNames;

    public NamesCheck(ActivityRegistry registry, ICheckVocabulary vocabulary, JsonObject document, IReadOnlyList<ActivityNode> all)
    {
        _registry = registry;
        _all = all;
        _byJson = all.ToDictionary(a => a.Json);
        _workflowVariables = [.. Variables(document)];
        _outputs = NamesOf(document, "outputs");
        _inputs = NamesOf(document, "inputs");
        _steps = all.SelectMany(a => new[] { a.Name, a.Id, Names.Pascal(a.Name ?? a.Id) }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _scriptNames = vocabulary.ValuesOf("scriptNames");
        _implicit = [.. OfContainers, .. vocabulary.ValuesOf("implicitVariables") ?? new HashSet<string>()];
        foreach (var script in Steps().SelectMany(s => s.Descriptor.Inputs.Select(i => Script(s.Step, i))).OfType<string>()) _implicit.UnionWith(ScriptNames.VariablesSet(script));
        foreach (var (step, descriptor) in Steps())
            if (descriptor.Inputs.FirstOrDefault(i => i.Name == "DefaultItemInputKey") is { } key && Literals.Text(step.Json, key) is { Length: > 0 } name) _implicit.Add(name);
    }

    public IEnumerable<Finding> Run()
    {
        foreach (var (step, descriptor) in Steps())
        {
            var variables = new List<(string Id, string Name)>(_workflowVariables);
            for (var container = step.Json; container is not null; container = _byJson[container].Parent) variables.AddRange(Variables(container));
            foreach (var input in descriptor.Inputs)
                foreach (var message in Input(step, input, variables)) yield return Of(step, message.Code, message.Text);
            foreach (var output in descriptor.Outputs)
                if (Unbound(step, output.JsonName, variables) is { } name)
                    yield return Of(step, "unknown-variable", $"Steget ’{step.Label}’ sparar ’{output.DisplayName}’ i variabeln ’{name}’, som inte finns. Välj en annan eller lägg till den.");
        }
    }

    private IEnumerable<(string Code, string Text)> Input(ActivityNode step, InputDescriptor input, List<(string Id, string Name)> variables)
    {
        var (type, value) = Literals.Expression(step.Json, input);
        if (type == "Variable" && UnknownVariable(value, variables) is { } unknown)
            yield return ("unknown-variable", $"Steget ’{step.Label}’ använder variabeln ’{unknown}’ i ’{input.DisplayName}’, men den finns inte. Välj en annan eller lägg till den.");
        if (type is null && input.UIHint == "variable-picker" && value is JsonObject picked && UnknownVariable(picked, variables) is { } unpicked)
            yield return ("unknown-variable", $"Steget ’{step.Label}’ pekar på variabeln ’{unpicked}’, som inte finns. Välj en annan eller lägg till den.");
        if (type == "Input" && NameOf(value) is { Length: > 0 } taken && !_inputs.Contains(taken))
            yield return ("unknown-input", $"Steget ’{step.Label}’ hämtar indatan ’{taken}’ i ’{input.DisplayName}’, men rutinen har ingen sådan indata.");
        foreach (var script in ScriptsOf(step, input))
        {
            foreach (var name in ScriptNames.VariablesRead(script).Where(n => !variables.Any(v => v.Name == n || v.Id == n) && !_implicit.Contains(n)).Distinct())
                yield return ("unknown-variable", $"Steget ’{step.Label}’ läser variabeln ’{name}’ i ’{input.DisplayName}’, men rutinen har ingen sådan variabel. Rätta stavningen eller lägg till den.");
            foreach (var name in ScriptNames.Unknown(script).Where(n => !IsKnown(n, variables)))
                yield return ("unknown-name", $"Steget ’{step.Label}’ använder ’{name}’ i ’{input.DisplayName}’, men det finns inget med det namnet. Rätta stavningen, eller lägg till variabeln.");
        }
    }

    private bool IsKnown(string name, List<(string Id, string Name)> variables)
    {
        if (_scriptNames?.Contains(name) == true) return true;
        if (name.Length <= 3 || !(name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal))) return _scriptNames is null;
        var what = name[3..];
        if (variables.Select(v => v.Name).Concat(_implicit).Any(v => Names.Pascal(v) == what)) return true;
        if (name[0] == 's') return false;
        if (_inputs.Any(i => Names.Pascal(i) == what)) return true;
        for (var from = what.IndexOf("From", 1, StringComparison.Ordinal); from > 0; from = what.IndexOf("From", from + 1, StringComparison.Ordinal))
            if (_steps.Contains(what[(from + 4)..])) return true;
        return false;
    }

    private IEnumerable<(ActivityNode Step, ActivityDescriptor Descriptor)> Steps() =>
        from step in _all
        let descriptor = _registry.Find(step.Type, step.Version) ?? _registry.FindLatest(step.Type)
        where descriptor is not null
        select (step, descriptor);

    private static IEnumerable<string> ScriptsOf(ActivityNode step, InputDescriptor input)
    {
        if (Script(step, input) is { } own) yield return own;
        if (input.JsonName != "cases") yield break;
        foreach (var one in (step.Json["cases"] as JsonArray ?? []).OfType<JsonObject>())
            if (one["condition"] is JsonObject condition && (condition["expression"] as JsonObject ?? condition) is var expression
                && DefinitionDocument.String(expression, "type") == "JavaScript" && DefinitionDocument.String(expression, "value") is { } script) yield return script;
    }

    private static string? Script(ActivityNode step, InputDescriptor input)
    {
        var (type, value) = Literals.Expression(step.Json, input);
        return (type == "JavaScript" || (type == "Literal" && step.Type == "Elsa.RunJavaScript" && input.JsonName == "script")) && value is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;
    }

    private static string? UnknownVariable(JsonNode? value, List<(string Id, string Name)> variables)
    {
        if (value is JsonValue v && v.TryGetValue<string>(out var text) && !text.TrimStart().StartsWith('{'))
            return text.Length == 0 || variables.Any(x => x.Id == text || x.Name == text) ? null : text;
        if (AsObject(value) is not { } o) return null;
        var id = DefinitionDocument.String(o, "id");
        var name = DefinitionDocument.String(o, "name");
        if (id is null && name is null) return null;
        return variables.Any(x => x.Id == id || (id is null && x.Name == name)) ? null : name ?? id;
    }

    private static string? NameOf(JsonNode? value) => AsObject(value) is { } o ? DefinitionDocument.String(o, "name") : null;

    private static JsonObject? AsObject(JsonNode? value)
    {
        if (value is not JsonValue v || !v.TryGetValue<string>(out var text)) return value as JsonObject;
        try
        {
            return text.TrimStart().StartsWith('{') ? JsonNode.Parse(text) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? Unbound(ActivityNode step, string jsonName, List<(string Id, string Name)> variables)
    {
        if (step.Json[jsonName] is not JsonObject o || o["memoryReference"] is not JsonObject reference) return null;
        var id = DefinitionDocument.String(reference, "id");
        return string.IsNullOrEmpty(id) || _outputs.Contains(id) || variables.Any(v => v.Id == id || v.Name == id) ? null : id;
    }

    private static HashSet<string> NamesOf(JsonObject document, string list) =>
        (document[list] as JsonArray ?? []).OfType<JsonObject>().Select(o => DefinitionDocument.String(o, "name")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string Id, string Name)> Variables(JsonObject owner) =>
        (owner["variables"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(v => (DefinitionDocument.String(v, "id") ?? DefinitionDocument.String(v, "name") ?? "", DefinitionDocument.String(v, "name") ?? ""));

    private static Finding Of(ActivityNode step, string code, string message) => new(FindingSeverity.Error, code, step.NodeId, step.Id, step.Label, message);
}
