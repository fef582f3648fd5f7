using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Which routines start which without having waited for anything, as far as they have been read.</summary>
public sealed class StartedRoutines
{
    internal const string Publishing = "Elsa.PublishEvent";
    private const string Receiving = "Elsa.Event";
    private readonly ActivityRegistry _registry;
    private readonly Dictionary<string, string> _byType;
    private readonly Dictionary<string, JsonObject> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<ActivityNode>> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WaitlessWalk> _walks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _walking = new(StringComparer.Ordinal);

    /// <param name="usable">Names and ids of routines that may stand as steps.</param>
    public StartedRoutines(ActivityRegistry registry, IEnumerable<(string Name, string Id)> usable)
    {
        _registry = registry;
        _byType = usable.GroupBy(u => GraphCache.TypeNameOf(u.Name)).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
    }

    /// <summary>Ids that those read so far name, and that are not read yet.</summary>
    public IEnumerable<string> Missing => _steps.Values.SelectMany(s => s).SelectMany(Names).Where(id => !_steps.ContainsKey(id)).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>Names of the events that those read so far send.</summary>
    public IEnumerable<string> EventsSent => _steps.Values.SelectMany(s => s).Select(EventSent).OfType<string>().Distinct(StringComparer.Ordinal).ToList();

    public void Add(string id, JsonObject document)
    {
        if (_documents.TryGetValue(id, out var known) && ReferenceEquals(known, document)) return;
        _documents[id] = document;
        _steps[id] = DefinitionDocument.Activities(document).ToList();
        _walks.Clear();
    }

    /// <summary>Steps of the routine that start one which comes back to it: a circle that nothing stops.</summary>
    internal IEnumerable<(ActivityNode Step, string Routine)> Circles(string id) =>
        WalkOf(id)?.Started.Where(s => Leads(s.Routine, id, [])) ?? [];

    internal WaitlessWalk? WalkOf(string id)
    {
        if (_walks.TryGetValue(id, out var known)) return known;
        if (!_steps.TryGetValue(id, out var steps) || !_walking.Add(id)) return null;
        var walk = new WaitlessWalk(_registry, steps, RoutineOf, StartedBy, step => EventAwaitedToStart(step) is not null, used => WalkOf(used)?.ReachesEnd ?? false);
        _walking.Remove(id);
        return _walks[id] = walk;
    }

    private bool Leads(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && WalkOf(from) is { } walk && walk.Started.Any(s => Leads(s.Routine, to, seen)));

    /// <summary>The step works out which routine it starts, so that nobody can tell before it runs.</summary>
    internal bool IsComputed(ActivityNode step) => _registry.FindLatest(step.Type)?.Inputs.Any(i =>
        IsRoutine(i) && Literals.Expression(step.Json, i) is { Type: not (null or "Literal" or "Object" or "Json"), Value: not null }) == true;

    /// <summary>The name of the event that begins a routine at the step; null for other steps and for names that are worked out.</summary>
    internal string? EventAwaitedToStart(ActivityNode step) =>
        step.Type == Receiving && step.Json["customProperties"] is JsonObject c && c["canStartWorkflow"] is JsonValue v && v.TryGetValue<bool>(out var can) && can ? EventName(step) : null;

    /// <summary>The step names the routine: it starts it, as far as that stands in the document.</summary>
    internal bool Starts(ActivityNode step, string routine) => Names(step).Contains(routine, StringComparer.Ordinal);

    private IEnumerable<string> StartedBy(ActivityNode step) => EventSent(step) is { } sent
        ? _steps.Where(r => r.Value.Any(s => EventAwaitedToStart(s) is { } awaited && string.Equals(awaited, sent, StringComparison.Ordinal))).Select(r => r.Key)
        : [];

    private string? EventSent(ActivityNode step) => step.Type == Publishing && !IsLocal(step) ? EventName(step) : null;

    // To wake steps of the same run starts nothing; worked out, it may be so.
    private bool IsLocal(ActivityNode step) => _registry.FindLatest(step.Type)?.Inputs.FirstOrDefault(i => i.Name == "IsLocalEvent") is { } local
        && Literals.Expression(step.Json, local).Value is { } value && value.ToString() is not ("" or "false" or "False");

    private string? EventName(ActivityNode step) =>
        _registry.FindLatest(step.Type)?.Inputs.FirstOrDefault(i => i.Name == "EventName") is { } name && Literals.Text(step.Json, name) is { Length: > 0 } text ? text : null;

    private static bool IsRoutine(InputDescriptor input) => input.OptionsProvider == "routines" || input.UIHint == "workflow-definition-picker";

    private string? RoutineOf(ActivityNode step) =>
        DefinitionDocument.String(step.Json, "workflowDefinitionId") is { Length: > 0 } id && _registry.FindLatest(step.Type) is null ? id
        : _registry.FindLatest(step.Type) is null ? _byType.GetValueOrDefault(step.Type) : null;

    private IEnumerable<string> Names(ActivityNode step)
    {
        if (RoutineOf(step) is { } used) yield return used;
        foreach (var input in _registry.FindLatest(step.Type)?.Inputs ?? [])
            if (IsRoutine(input) && Literals.Text(step.Json, input) is { Length: > 0 } id) yield return id;
    }
}
