using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Http;

namespace CaseWorkflows.StudioApi.Instances;

/// <summary>
/// Whether the ways that a routine takes can spell what somebody wrote in the case, letter by letter, to whoever may follow the routine.
/// They cannot as long as what was written decides a way only as a whole: by being one that the routine states, or being there at all.
/// </summary>
internal sealed class SpeltWays
{
    // Each comparison that is written down tells a yes or no.
    private const int MostComparisons = 50;

    private const string Run = "run";
    private const string Outputs = "outputs";
    private const string Items = "items";

    // What tasks are laid out with may come back as their answer's rows.
    private const string Presets = "presets";

    /// <summary>Of the case, what no code, state or day is. Everything else of it is in the lists of cases too.</summary>
    private static readonly HashSet<string> Written = new(StringComparer.Ordinal) { "text", "amne", "falt", "invanare" };

    // These have one way on and no time of their own, whatever they are given; a task's way is chosen by whoever does it.
    private static readonly HashSet<string> OneWay = new(StringComparer.Ordinal)
    {
        "Elsa.SetVariable", "Elsa.SetName", "Elsa.Correlate", "Elsa.WriteLine", "Elsa.SetOutput", "Elsa.Event", "Elsa.Fault", "CaseWorkflows.HumanTask", "CaseWorkflows.ExternalEvidence",
        "CaseWorkflows.ResidentMessage", "CaseWorkflows.StaffNotice", "CaseWorkflows.HistoryNote", "CaseWorkflows.RaiseDeviation",
    };

    // What is only handed on decides nothing here; whoever gets it reads it as an input.
    private static readonly HashSet<string> HandedOn = new(StringComparer.Ordinal) { "input", "payload" };

    private static readonly HashSet<string> Starting = new(StringComparer.Ordinal) { "Elsa.PublishEvent", "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows" };

    // What others have worked out comes in by these.
    private static readonly HashSet<string> FromOthers = new(StringComparer.Ordinal) { "Elsa.Event", "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows" };

    private static readonly HashSet<string> NoChoices = [];

    private static readonly HashSet<string> Chosen = new(StringComparer.Ordinal)
    {
        FieldType.Boolean, FieldType.Date, FieldType.Time, FieldType.DateTime, FieldType.Number, FieldType.Choice, FieldType.MultiChoice, FieldType.Person, FieldType.Unit, FieldType.MultiUnit,
    };

    private static readonly HashSet<string> Tasks = new(StringComparer.Ordinal) { "CaseWorkflows.HumanTask", "CaseWorkflows.ExternalEvidence" };

    private static readonly HashSet<string> Loops = new(StringComparer.Ordinal) { "Elsa.ForEach", "Elsa.ParallelForEach", "CaseWorkflows.ForEachAdded" };

    private static readonly ConditionalWeakTable<WorkflowGraph, Lazy<IReadOnlyList<string>>[]> Judged = [];

    private readonly IReadOnlyList<(JsonObject Json, string Type, bool IsRoutine)> _steps;
    private readonly ILookup<string, string> _namesOfVariables;
    private readonly HashSet<string> _choices;
    private readonly Dictionary<string, Told> _values = new(StringComparer.OrdinalIgnoreCase);

    // Where something that was written in the case may be, or what another run gave.
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private bool _readsWritten;
    private Told _inputs;
    private Told _all;
    private int _comparisons;

    private SpeltWays(WorkflowGraph graph, Told inputs)
    {
        _inputs = inputs;
        _steps = [.. graph.Nodes.Select(n => (n.Activity.Json, n.Descriptor.TypeName, n.Activity.Json["workflowDefinitionId"] is JsonValue))];
        _namesOfVariables = graph.Definition.Variables.Select(v => (v.Id, v.Name))
            .Concat(_steps.SelectMany(s => (s.Json["variables"] as JsonArray ?? []).OfType<JsonObject>().Select(v => (Id: v.Text("id") ?? "", Name: v.Text("name") ?? ""))))
            .ToLookup(v => v.Id, v => v.Name, StringComparer.OrdinalIgnoreCase);
        _choices = Choices();
        // What a loop is at is no input where there is a loop.
        if (_steps.Any(s => Loops.Contains(s.Type) || s.Type == "Elsa.For")) _values[Items] = _values["CurrentValue"] = _values["CurrentIndex"] = Told.Known;
        foreach (var name in _namesOfVariables.SelectMany(names => names)) _values[name] = Told.Known;
    }

    /// <param name="graph">Null: not known, and so they can.</param>
    /// <param name="startedByAnother">What the run was given may be pieces already.</param>
    public static bool Of(WorkflowGraph? graph, bool startedByAnother) => graph is null || StepsOf(graph, startedByAnother).Count > 0;

    /// <summary>Ids of the steps that take to pieces what decides their ways; all that decide, where they compare too much.</summary>
    public static IReadOnlyList<string> StepsOf(WorkflowGraph graph, bool startedByAnother)
    {
        var judged = Judged.GetValue(graph, g => [new(() => new SpeltWays(g, Told.Known).Spell()), new(() => new SpeltWays(g, Told.Parts).Spell())]);
        return judged[startedByAnother ? 1 : 0].Value;
    }

    private IReadOnlyList<string> Spell()
    {
        // Values only ever tell more, so it ends.
        for (var changed = true; changed;)
        {
            var all = _all;
            changed = false;
            foreach (var step in _steps) changed |= Settle(step.Json, step.Type, step.IsRoutine);
            changed |= all != _all;
        }

        _comparisons = 0;
        var deciding = _steps.Where(s => !OneWay.Contains(s.Type)).Select(s => (Id: s.Json.Text("id") ?? s.Type, Told: Of(s.Json, s.Type, n => !Starting.Contains(s.Type) || !HandedOn.Contains(n)))).ToList();
        return [.. deciding.Where(s => s.Told == Told.Parts || (_comparisons > MostComparisons && s.Told == Told.Whole)).Select(s => s.Id)];
    }

    /// <summary>Keys of fields that are chosen, ticked or counted in every form that has them; none where a form is not written down.</summary>
    private HashSet<string> Choices()
    {
        HashSet<string> choices = new(StringComparer.Ordinal), others = new(StringComparer.Ordinal);
        foreach (var form in _steps.Select(s => s.Json["form"]).OfType<JsonObject>())
        {
            if (FieldsOf(form) is not { } fields) return [];
            Sort(fields);
        }

        choices.ExceptWith(others);
        return choices;

        void Sort(JsonArray fields)
        {
            foreach (var field in fields.OfType<JsonObject>())
            {
                var names = Chosen.Contains(field.Text("type") ?? FieldType.Text) ? choices : others;
                names.Add(field.Text("key") ?? FieldKey.FromLabel(field.Text("label") ?? ""));
                names.UnionWith(field.Texts("aliases"));
                Sort(field["rows"] as JsonArray ?? []);
            }
        }
    }

    private static JsonArray? FieldsOf(JsonObject form)
    {
        var expression = form.Object("expression") ?? form;
        if (expression.Text("type") is not ("Literal" or "Object" or "Json")) return null;
        if (expression["value"] is not JsonValue value) return expression["value"] as JsonArray ?? [];
        try
        {
            return value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? JsonNode.Parse(text) as JsonArray : [];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Something tells more than was known.</returns>
    private bool Settle(JsonObject step, string type, bool isRoutine)
    {
        _readsWritten = FromOthers.Contains(type);
        // Of a task's settings only its form comes back in the answer.
        var told = Of(step, type, Tasks.Contains(type) ? n => n is "form" or "formAdjustments" : _ => true);
        var changed = false;
        if (isRoutine && told > _inputs)
        {
            _inputs = told;
            changed = true;
        }

        if (type is "Elsa.Correlate" or "Elsa.SetName") changed |= Raise(Run, told);
        if (Tasks.Contains(type)) changed |= Raise(Presets, told);
        if (Loops.Contains(type)) changed |= Raise(Items, told == Told.Whole ? (Told)Math.Max((int)told, (int)ValueOf(Presets)) : told);
        if (step["variable"] is JsonObject variable) changed |= Raise(variable.Text("id"), told) | Raise(variable.Text("name"), told);
        var result = ResultOf(type, told);
        foreach (var name in step.Select(p => (p.Value as JsonObject)?.Object("memoryReference")?.Text("id")).OfType<string>())
            changed |= Raise(name, result) | Raise(Outputs, result);
        return changed;
    }

    private static Told ResultOf(string type, Told told) =>
        FromOthers.Contains(type) ? Told.Parts
        : type is "Elsa.RunJavaScript" or "Elsa.For" ? told
        : type is "CaseWorkflows.RouteCase" ? Told.Known
        : Loops.Contains(type) && told > Told.Whole ? told : Told.Whole;

    private bool Raise(string? name, Told told)
    {
        if (string.IsNullOrEmpty(name)) return false;
        var changed = false;
        foreach (var each in _namesOfVariables[name].Append(name))
        {
            changed |= _readsWritten && _written.Add(each);
            if (told <= _values.GetValueOrDefault(each)) continue;
            _values[each] = told;
            changed = true;
        }

        return changed;
    }

    private Told Of(JsonObject step, string type, Func<string, bool> counts)
    {
        var most = Told.Stated;
        foreach (var (name, value) in step)
        {
            if (!counts(name)) continue;
            foreach (var (kind, expression) in Expressions(value))
                if (Of(kind, expression) is var told && told > most) most = told;
        }

        // This step takes its script as a plain text too.
        if (type == "Elsa.RunJavaScript" && step["script"] is JsonValue script && script.TryGetValue<string>(out var source) && OfScript(source) is var own && own > most) most = own;
        return most;
    }

    /// <summary>Wherever they stand in the step, but not in steps inside it.</summary>
    private static IEnumerable<(string Kind, JsonNode? Value)> Expressions(JsonNode? node) => node switch
    {
        JsonObject o when o.ContainsKey("id") && o.Text("type")?.Contains('.', StringComparison.Ordinal) == true => [],
        JsonObject o when o.Text("type") is { } kind && o.ContainsKey("value") => [(kind, o["value"])],
        JsonObject o => o.SelectMany(p => Expressions(p.Value)),
        JsonArray a => a.SelectMany(Expressions),
        _ => [],
    };

    private Told Of(string kind, JsonNode? value) => kind switch
    {
        "Literal" or "Object" or "Json" => Told.Stated,
        "JavaScript" => value is JsonValue v && v.TryGetValue<string>(out var source) ? OfScript(source) : Told.Stated,
        "Variable" => ValueOf((value as JsonObject)?.Text("id")) is var byId && ValueOf((value as JsonObject)?.Text("name")) is var byName && byId > byName ? byId : byName,
        "Input" => _inputs,
        "Liquid" when value is JsonValue v && v.TryGetValue<string>(out var text) && !text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal) => Told.Stated,
        _ => Told.Parts,
    };

    private Told OfScript(string source)
    {
        var written = false;
        var flow = ScriptFlow.Of(source, Noting, NoChoices);
        if (!written && flow.Result >= Told.Whole) flow = ScriptFlow.Of(source, Read, _choices);
        _readsWritten |= written;
        _comparisons += flow.Comparisons;
        if (flow.Sets && flow.Result > _all) _all = flow.Result;
        return flow.Result;

        Told Noting(ScriptRead read)
        {
            written |= IsWritten(read);
            return Read(read);
        }
    }

    private bool IsWritten(ScriptRead read) => read.Name switch
    {
        "arende" => read.Member is null || Written.Contains(read.Member),
        "globalThis" => true,
        ScriptFlow.AllVariables => read.Member is not { } member || IsWritten(member),
        "getVariable" => read.Argument is not { } variable || IsWritten(variable),
        "getInput" => _inputs == Told.Parts,
        "getCorrelationId" or "getWorkflowInstanceName" => IsWritten(Run),
        "getLastResult" or "getOutputFrom" => IsWritten(Outputs),
        { Length: > 3 } name when name.StartsWith("get", StringComparison.Ordinal) => IsWritten(name[3..]) || name.Contains("From", StringComparison.Ordinal),
        _ => false,
    };

    private bool IsWritten(string name) =>
        _all >= Told.Whole || _written.Contains(name) || (name is "CurrentValue" && _written.Contains(Items))
        || (_inputs == Told.Parts && !_values.ContainsKey(name) && !string.Equals(name, "svar", StringComparison.OrdinalIgnoreCase));

    private Told ValueOf(string? name)
    {
        var told = name is null ? Told.Stated : _values.GetValueOrDefault(name);
        return told > _all ? told : _all;
    }

    private Told Read(ScriptRead read)
    {
        switch (read.Name)
        {
            case "arende": return read.Member is null || Written.Contains(read.Member) ? Told.Whole : Told.Known;
            case "globalThis": return Told.Parts;
            case ScriptFlow.AllVariables: return read.Member is { } member ? ValueOf(member) : _values.Values.Append(_all).Append(Told.Whole).Max();
            case "getVariable": return read.Argument is { } name ? Of(name) : _values.Values.Append(_inputs).Append(Told.Whole).Max();
            case "getInput": return _inputs;
            case "getCorrelationId" or "getWorkflowInstanceName": return ValueOf(Run);
            case "getLastResult" or "getOutputFrom": return ValueOf(Outputs);
            case "getWorkflowInstanceId" or "getWorkflowDefinitionId" or "getWorkflowDefinitionVersionId" or "getWorkflowDefinitionVersion" or "getActivityInstanceId": return Told.Known;
        }

        if (read.Name.Length <= 3 || !read.Name.StartsWith("get", StringComparison.Ordinal)) return Told.Known;
        return read.Name.Contains("From", StringComparison.Ordinal) && ValueOf(Outputs) is var output && output > Of(read.Name[3..]) ? output : Of(read.Name[3..]);
    }

    // A variable, what a loop is at, what a task was answered with, or an input that nothing here declares.
    private Told Of(string name)
    {
        if (string.Equals(name, "svar", StringComparison.OrdinalIgnoreCase)) return ValueOf(name) is var set && set > Told.Whole ? set : Told.Whole;
        if (name is "CurrentValue") return ValueOf(Items) is var item && item > ValueOf(name) ? item : ValueOf(name);
        return _values.ContainsKey(name) ? ValueOf(name) : _inputs > _all ? _inputs : _all;
    }
}
