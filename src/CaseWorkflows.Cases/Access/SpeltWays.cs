using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Cases.Access;

/// <summary>
/// Whether the ways that a routine takes can spell what somebody wrote in the case, letter by letter, to whoever may follow the routine.
/// They cannot as long as every step is given what was written only as a whole: a step may wait for what it is given, take a way by it or fail on
/// it, so each of them decides. Compared with what the routine states it tells a yes or no, and a routine may have so many of those.
/// </summary>
public sealed class SpeltWays
{
    /// <summary>Each comparison that is written down tells a yes or no; so many may all that runs for a case have.</summary>
    public const int MostComparisons = 50;

    private const string Run = "run";
    private const string Outputs = "outputs";
    private const string Items = "items";

    // A task's latest answer, by convention of the routines, handed to others under the same name.
    private const string Answer = ActivityContextExtensions.AnswerVariable;

    // What tasks are laid out with may come back as their answer's rows.
    private const string Presets = "presets";

    /// <summary>Of the case, what no code, state or day is. Everything else of it is in the lists of cases too.</summary>
    private static readonly HashSet<string> Written = new(StringComparer.Ordinal) { "text", "amne", "falt", "invanare" };

    // Asked when a person presses a button, and answered to that person.
    private const string Checks = "checks";

    // What others have worked out comes in by these.
    private static readonly HashSet<string> FromOthers = new(StringComparer.Ordinal) { "Elsa.Event", "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows" };

    private static readonly HashSet<string> NoChoices = [];

    // What a routine with a hundred long scripts takes many times over. A judgement that takes more is not waited for: it tells pieces.
    private const int MostCharacters = 4_000_000;

    private static readonly HashSet<string> Chosen = new(StringComparer.Ordinal)
    {
        FieldType.Boolean, FieldType.Date, FieldType.Time, FieldType.DateTime, FieldType.Number, FieldType.Choice, FieldType.MultiChoice, FieldType.Person, FieldType.Unit, FieldType.MultiUnit,
    };

    private static readonly HashSet<string> Tasks = new(StringComparer.Ordinal) { "CaseWorkflows.HumanTask", "CaseWorkflows.ExternalEvidence" };

    private static readonly HashSet<string> Loops = new(StringComparer.Ordinal) { "Elsa.ForEach", "Elsa.ParallelForEach", "CaseWorkflows.ForEachAdded" };

    // Given whole, they are compared with the clock, or with as many numbers as there are turns.
    private static readonly HashSet<Type> Ordered =
    [
        typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    // Given whole, they are held against what other steps state or wait for, as many as there are, or are a time that is written as a text.
    private static readonly HashSet<string> Matched = new(StringComparer.Ordinal)
    {
        "eventName", "interruptEvents", "correlationId", "workflowDefinitionId", "cronExpression", "from", "to", "on", "at", "start", "days",
    };

    // It asks for the patient's age by itself.
    private const string AgeOnDate = "CaseWorkflows.AgeOnDate";

    private static readonly ConditionalWeakTable<WorkflowGraph, Lazy<SpeltWays>> Judged = [];

    private readonly IReadOnlyList<(JsonObject Json, string Type, bool IsRoutine, IReadOnlySet<string> Ordered)> _steps;
    private readonly ILookup<string, string> _namesOfVariables;
    private readonly HashSet<string> _choices;
    private readonly Dictionary<string, Told> _values = new(StringComparer.OrdinalIgnoreCase);

    // Where something that was written in the case may be, or what another run gave.
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private bool _readsWritten;
    private Told _inputs = Told.Whole;
    private Told _all;
    private bool _sets;
    private int _comparisons;
    private int _characters;

    private SpeltWays(WorkflowGraph graph)
    {
        _steps = [.. graph.Nodes.Select(n => (n.Activity.Json, n.Descriptor.TypeName, n.Activity.Json["workflowDefinitionId"] is JsonValue,
            (IReadOnlySet<string>)n.Descriptor.Inputs.Where(i => (TypeNames.Resolve(i.TypeName) is { } type && Ordered.Contains(type)) || Matched.Contains(i.JsonName)).Select(i => i.JsonName).ToHashSet(StringComparer.Ordinal)))];
        _namesOfVariables = graph.Definition.Variables.Select(v => (v.Id, v.Name))
            .Concat(_steps.SelectMany(s => (s.Json["variables"] as JsonArray ?? []).OfType<JsonObject>().Select(v => (Id: v.Text("id") ?? "", Name: v.Text("name") ?? ""))))
            .ToLookup(v => v.Id, v => v.Name, StringComparer.OrdinalIgnoreCase);
        _choices = Choices();
        // What began the run may have given it what was written. Whatever takes that to pieces is judged itself, with all that runs for the case.
        _values[Run] = Told.Whole;
        // What a loop is at is no input where there is a loop.
        if (_steps.Any(s => Loops.Contains(s.Type) || s.Type == "Elsa.For")) _values[Items] = _values["CurrentValue"] = _values["CurrentIndex"] = Told.Known;
        foreach (var name in _namesOfVariables.SelectMany(names => names)) _values[name] = Told.Known;
    }

    /// <summary>Ids of the steps that are given pieces of what was written.</summary>
    public IReadOnlyList<string> Pieces { get; private set; } = [];

    /// <summary>Comparisons of what was written, whole, with what the routine states.</summary>
    public int Comparisons { get; private set; }

    public static SpeltWays Of(WorkflowGraph graph) => Judged.GetValue(graph, g => new(() =>
    {
        var ways = new SpeltWays(g);
        ways.Judge();
        return ways;
    })).Value;

    private void Judge()
    {
        // Values only ever tell more, so it ends.
        for (var changed = true; changed && _characters < MostCharacters;)
        {
            var all = _all;
            changed = false;
            foreach (var step in _steps) changed |= Settle(step.Json, step.Type, step.IsRoutine);
            changed |= all != _all;
        }

        var ordered = _steps.Where(s => Of(s.Json, s.Type, s.Ordered.Contains) >= Told.Whole).ToHashSet();
        _comparisons = 0;
        // A step that is given something may wait for it, take a way by it, or fail on it: so all of them decide.
        Pieces = [.. _steps.Where(s => Of(s.Json, s.Type, SetsInChecks(s.Json, s.Type) ? _ => true : n => n != Checks) == Told.Parts || ordered.Contains(s) || Searches(s.Json, s.Type)).Select(s => s.Json.Text("id") ?? s.Type)];
        Comparisons = _comparisons;
    }

    /// <summary>They tell nobody but the person, unless they set what steps may see.</summary>
    private bool SetsInChecks(JsonObject step, string type)
    {
        var comparisons = _comparisons;
        _sets = false;
        Of(step, type, n => n == Checks);
        _comparisons = comparisons;
        return _sets;
    }

    /// <summary>An age is compared with each of the limits; with limits or a day that the routine works out it is a search.</summary>
    private bool Searches(JsonObject step, string type)
    {
        if (type != AgeOnDate) return false;
        if (Of(step, type, n => n is "limits" or "on") > Told.Stated) return true;
        _comparisons += Math.Max(1, (FieldsOf(step["limits"] as JsonObject ?? []) ?? []).Count);
        return false;
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
        type is "Elsa.RunJavaScript" or "Elsa.For" ? told
        : type is "CaseWorkflows.RouteCase" ? told < Told.Whole ? Told.Known : told
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
        if ((_characters += source.Length) > MostCharacters) return Told.Parts;
        var written = false;
        var flow = ScriptFlow.Of(source, Noting, NoChoices);
        if (!written && flow.Result >= Told.Whole) flow = ScriptFlow.Of(source, Read, _choices);
        _readsWritten |= written;
        _comparisons += flow.Comparisons;
        _sets |= flow.Sets;
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
        "getInput" => true,
        "getCorrelationId" or "getWorkflowInstanceName" => IsWritten(Run),
        "getLastResult" or "getOutputFrom" => IsWritten(Outputs),
        { Length: > 3 } name when name.StartsWith("get", StringComparison.Ordinal) => IsWritten(name[3..]) || name.Contains("From", StringComparison.Ordinal),
        _ => false,
    };

    private bool IsWritten(string name) =>
        _all >= Told.Whole || _written.Contains(name) || (name is "CurrentValue" && _written.Contains(Items))
        // An answer that another run gave may be made up: only in a variable of the routine's own is it what a task was answered with.
        || !_values.ContainsKey(name);

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
        if (string.Equals(name, Answer, StringComparison.OrdinalIgnoreCase)) return ValueOf(name) is var set && set > Told.Whole ? set : Told.Whole;
        if (name is "CurrentValue") return ValueOf(Items) is var item && item > ValueOf(name) ? item : ValueOf(name);
        return _values.ContainsKey(name) ? ValueOf(name) : _inputs > _all ? _inputs : _all;
    }
}
