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

    private static readonly HashSet<string> NoChoices = [];

    // What a routine with a hundred long scripts takes many times over. A judgement that takes more is not waited for: it tells pieces.
    private const int MostCharacters = 4_000_000;

    private static readonly HashSet<string> Chosen = new(StringComparer.Ordinal)
    {
        FieldType.Boolean, FieldType.Date, FieldType.Time, FieldType.DateTime, FieldType.Number, FieldType.Choice, FieldType.MultiChoice, FieldType.Person, FieldType.Unit, FieldType.MultiUnit,
    };

    private static readonly HashSet<string> Tasks = new(StringComparer.Ordinal) { "CaseWorkflows.HumanTask", "CaseWorkflows.ExternalEvidence" };

    private static readonly HashSet<string> Loops = new(StringComparer.Ordinal) { "Elsa.ForEach", "Elsa.ParallelForEach", "CaseWorkflows.ForEachAdded" };

    // Given whole, they are held against what other steps wait for, ways that a step has, a table, or the clock: searched for among as many as
    // there are.
    private static readonly HashSet<string> Matched = new(StringComparer.Ordinal)
    {
        "eventName", "interruptEvents", "correlationId", "workflowDefinitionId", "outcomes", "preselected", "hiddenOutcomes", "disabledOutcomes", "deviationOutcome",
        "deviationRoutine", "openStatus", "table", "profession", "visitForm", "cronExpression", "from", "to", "on", "at", "start", "days",
    };

    // The same for numbers and times, whatever the step calls them.
    private static readonly HashSet<Type> Ordered =
    [
        typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    // It asks for the patient's age by itself.
    private const string AgeOnDate = "CaseWorkflows.AgeOnDate";

    private static readonly ConditionalWeakTable<WorkflowGraph, Lazy<SpeltWays>> Judged = [];

    private readonly IReadOnlyList<Step> _steps;
    private readonly ILookup<string, string> _namesOfVariables;
    private readonly HashSet<string> _choices;

    // In scope everywhere: no input hides behind their names.
    private readonly HashSet<string> _ownVariables;
    private readonly Dictionary<string, Told> _values = new(StringComparer.OrdinalIgnoreCase);

    // Where something that was written in the case may be, or what another run gave.
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);
    private bool _readsWritten;
    private bool _inLoop;
    private Told _inputs = Told.Whole;
    private Told _all;
    private bool _sets;
    private int _comparisons;
    private int _characters;

    private SpeltWays(WorkflowGraph graph)
    {
        _steps = [.. graph.Nodes.Select(StepOf)];
        _namesOfVariables = graph.Definition.Variables.Select(v => (v.Id, v.Name))
            .Concat(_steps.SelectMany(s => (s.Json["variables"] as JsonArray ?? []).OfType<JsonObject>().Select(v => (Id: v.Text("id") ?? "", Name: v.Text("name") ?? ""))))
            .ToLookup(v => v.Id, v => v.Name, StringComparer.OrdinalIgnoreCase);
        _ownVariables = graph.Definition.Variables.SelectMany(v => new[] { v.Id, v.Name }).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _choices = Choices();
        // What began the run may have given it what was written. Whatever takes that to pieces is judged itself, with all that runs for the case.
        _values[Run] = Told.Whole;
        _values[Items] = Told.Known;
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
            foreach (var step in _steps) changed |= Settle(step);
            changed |= all != _all;
        }

        var searched = _steps.Where(s => Of(s, s.Matched.Contains) >= Told.Whole).ToHashSet();
        _comparisons = 0;
        // A step that is given something may wait for it, take a way by it, or fail on it: so all of them decide.
        Pieces = [.. _steps.Where(s => Of(s, SetsInChecks(s) ? _ => true : n => n != Checks) == Told.Parts || searched.Contains(s) || Searches(s)).Select(s => s.Json.Text("id") ?? s.Type)];
        Comparisons = _comparisons;
    }

    /// <summary>They tell nobody but the person, unless they set what steps may see.</summary>
    private bool SetsInChecks(Step step)
    {
        var comparisons = _comparisons;
        _sets = false;
        Of(step, n => n == Checks);
        _comparisons = comparisons;
        return _sets;
    }

    /// <summary>An age is compared with each of the limits; with limits or a day that the routine works out it is a search.</summary>
    private bool Searches(Step step)
    {
        if (step.Type != AgeOnDate) return false;
        if (Of(step, n => n is "limits" or "on") > Told.Stated) return true;
        _comparisons += Math.Max(1, (FieldsOf(step.Json["limits"] as JsonObject ?? []) ?? []).Count);
        return false;
    }

    /// <summary>Keys of fields that are chosen, ticked or counted in every form that has them; none where a form is not written down.</summary>
    private HashSet<string> Choices()
    {
        // A task adds the field of a deviation's reason by itself.
        HashSet<string> choices = new(StringComparer.Ordinal), others = new(StringComparer.Ordinal) { HumanTaskForm.DeviationReason };
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
    private bool Settle(Step step)
    {
        var type = step.Type;
        _readsWritten = false;
        // Of a task's settings only its form comes back in the answer.
        var told = Of(step, Tasks.Contains(type) ? n => n is "form" or "formAdjustments" : _ => true);
        var changed = false;
        if (step.IsRoutine && told > _inputs)
        {
            _inputs = told;
            changed = true;
        }

        if (type is "Elsa.Correlate" or "Elsa.SetName") changed |= Raise(Run, told);
        if (Tasks.Contains(type))
        {
            changed |= Raise(Presets, told);
            // Choices that are laid out with what was written are no choices.
            if (told >= Told.Whole) changed |= _written.Add(Answer);
        }

        if (Loops.Contains(type)) changed |= Raise(Items, told == Told.Whole ? (Told)Math.Max((int)told, (int)ValueOf(Presets)) : told);
        if (step.Json["variable"] is JsonObject variable) changed |= Raise(variable.Text("id"), told) | Raise(variable.Text("name"), told);
        var result = ResultOf(type, told);
        // What is no task's answer may be what a resident, another run or a list of cases gave.
        _readsWritten |= result >= Told.Whole && !Tasks.Contains(type) && !Loops.Contains(type);
        foreach (var name in step.Json.Select(p => (p.Value as JsonObject)?.Object("memoryReference")?.Text("id")).OfType<string>())
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

    private Told Of(Step step, Func<string, bool> counts)
    {
        var most = Told.Stated;
        _inLoop = step.InLoop;
        foreach (var (name, value) in step.Json)
        {
            if (!counts(name)) continue;
            foreach (var (kind, expression) in Expressions(value))
                if (Of(kind, expression) is var told && told > most) most = told;
        }

        // This step takes its script as a plain text too.
        if (step.Type == "Elsa.RunJavaScript" && step.Json["script"] is JsonValue script && script.TryGetValue<string>(out var source) && OfScript(source) is var own && own > most) most = own;
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
        "Variable" => OfVariable(value as JsonObject),
        "Input" => OfInput(),
        "Liquid" when value is JsonValue v && v.TryGetValue<string>(out var text) && !text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal) => Told.Stated,
        _ => Told.Parts,
    };

    private Told OfVariable(JsonObject? variable)
    {
        var told = Told.Stated;
        foreach (var name in new[] { variable?.Text("id"), variable?.Text("name") }.OfType<string>())
        {
            _readsWritten |= IsWritten(name);
            if (ValueOf(name) is var each && each > told) told = each;
        }

        return told;
    }

    private Told OfInput()
    {
        _readsWritten = true;
        return _inputs;
    }

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
        _all >= Told.Whole || _written.Contains(name) || (IsOfLoop(name) && _written.Contains(Items))
        // An answer that another run gave may be made up: only in a variable of the routine's own is it what a task was answered with.
        || !(_ownVariables.Contains(name) || IsOfLoop(name));

    // Outside of a loop an input may stand behind its names.
    private bool IsOfLoop(string name) => _inLoop && name is "CurrentValue" or "CurrentIndex";

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
        if (IsOfLoop(name)) return ValueOf(Items) is var item && item > ValueOf(name) ? item : ValueOf(name);
        // Behind the name of a variable inside a step an input may stand elsewhere.
        return _ownVariables.Contains(name) || ValueOf(name) > _inputs ? ValueOf(name) : _inputs;
    }

    private static Step StepOf(GraphNode node)
    {
        var inLoop = false;
        for (var around = node.Parent; around is not null; around = around.Parent) inLoop |= IsLoop(around.Descriptor.TypeName);
        return new Step(
            node.Activity.Json, node.Descriptor.TypeName, node.Activity.Json["workflowDefinitionId"] is JsonValue, inLoop,
            node.Descriptor.Inputs.Where(i => Matched.Contains(i.JsonName) || (TypeNames.Resolve(i.TypeName) is { } type && Ordered.Contains(type)))
                .Select(i => i.JsonName).ToHashSet(StringComparer.Ordinal));
    }

    private static bool IsLoop(string type) => Loops.Contains(type) || type == "Elsa.For";

    /// <param name="IsRoutine">It stands for a routine.</param>
    /// <param name="Matched">Its inputs that a whole value may not go into.</param>
    private sealed record Step(JsonObject Json, string Type, bool IsRoutine, bool InLoop, IReadOnlySet<string> Matched);
}
