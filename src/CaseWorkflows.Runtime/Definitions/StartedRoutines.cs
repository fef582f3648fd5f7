using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Which routines start which without having waited for anything, as far as they have been read.</summary>
public sealed class StartedRoutines
{
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
        var walk = new WaitlessWalk(_registry, steps, RoutineOf, used => WalkOf(used)?.ReachesEnd ?? false);
        _walking.Remove(id);
        return _walks[id] = walk;
    }

    private bool Leads(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && WalkOf(from) is { } walk && walk.Started.Any(s => Leads(s.Routine, to, seen)));

    private string? RoutineOf(ActivityNode step) =>
        DefinitionDocument.String(step.Json, "workflowDefinitionId") is { Length: > 0 } id && _registry.FindLatest(step.Type) is null ? id
        : _registry.FindLatest(step.Type) is null ? _byType.GetValueOrDefault(step.Type) : null;

    private IEnumerable<string> Names(ActivityNode step)
    {
        if (RoutineOf(step) is { } used) yield return used;
        foreach (var input in _registry.FindLatest(step.Type)?.Inputs ?? [])
            if ((input.OptionsProvider == "routines" || input.UIHint == "workflow-definition-picker") && Literals.Text(step.Json, input) is { Length: > 0 } id) yield return id;
    }
}
