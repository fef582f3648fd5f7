using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.StudioApi.Pages.Comparison;

/// <summary>Two versions of a routine, told apart in the words of the person who edits: steps, settings, connections.</summary>
public sealed class VersionComparison
{
    // Read elsewhere, computed, or only a matter of where things stand in the picture.
    private static readonly HashSet<string> NotSettings = new(StringComparer.Ordinal)
        { "id", "nodeId", "type", "version", "metadata", "customProperties", "activities", "connections", "variables", "start", "canStartWorkflow", "runAsynchronously" };

    private readonly SettingTexts _texts;

    private VersionComparison(ActivityRegistry registry) => _texts = new SettingTexts(registry);

    public IReadOnlyList<StepChange> Steps { get; private set; } = [];

    public IReadOnlyList<ConnectionChange> Connections { get; private set; } = [];

    public IReadOnlyList<RoutineChange> Routine { get; private set; } = [];

    /// <summary>By step id; a step that is not here is the same.</summary>
    public IReadOnlyDictionary<string, ChangeKind> Kinds => Steps.ToDictionary(s => s.Id, s => s.Kind, StringComparer.Ordinal);

    /// <summary>Nothing that a case would notice; steps may stand elsewhere in the picture.</summary>
    public bool IsSame => Steps.All(s => s.Kind == ChangeKind.Moved) && Connections.Count == 0 && Routine.Count == 0;

    public static VersionComparison Compare(JsonObject before, JsonObject after, ActivityRegistry registry)
    {
        var comparison = new VersionComparison(registry);
        comparison.CompareSteps(before, after);
        comparison.Connections = CompareConnections(before, after);
        comparison.Routine = [.. RoutineComparison.Compare(before, after)];
        return comparison;
    }

    private void CompareSteps(JsonObject before, JsonObject after)
    {
        var old = ById(before);
        var fresh = ById(after);
        var changes = new List<StepChange>();
        foreach (var (id, step) in fresh)
        {
            if (!old.TryGetValue(id, out var was)) changes.Add(Describe(step, ChangeKind.Added, Settings(null, step)));
            else if (Difference(was, step) is { } change) changes.Add(change);
        }

        changes.AddRange(old.Where(o => !fresh.ContainsKey(o.Key)).Select(o => Describe(o.Value, ChangeKind.Removed, Settings(o.Value, null))));
        Steps = [.. changes.OrderByDescending(c => c.Kind).ThenBy(c => c.Title, StringComparer.CurrentCulture)];
    }

    private StepChange? Difference(ActivityNode was, ActivityNode now)
    {
        var settings = Settings(was, now);
        if (settings.Count > 0) return Describe(now, ChangeKind.Changed, settings);
        return JsonNode.DeepEquals(Position(was), Position(now)) ? null : Describe(now, ChangeKind.Moved, []);
    }

    private StepChange Describe(ActivityNode step, ChangeKind kind, IReadOnlyList<SettingChange> settings) =>
        new(step.Id, step.Label, _texts.TypeName(step), kind, settings);

    private List<SettingChange> Settings(ActivityNode? before, ActivityNode? after)
    {
        var changes = new List<SettingChange>();
        var names = Names(before).Union(Names(after), StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (was, now) = (before?.Json[name], after?.Json[name]);
            if (HoldsSteps(was) || HoldsSteps(now)) continue;
            Add(_texts.Label(after ?? before!, name), _texts.Value(was), _texts.Value(now));
        }

        Add("Slag av steg", before is null ? null : _texts.TypeName(before), after is null ? null : _texts.TypeName(after));
        foreach (var (name, label) in SettingTexts.Facts)
            Add(label, _texts.Value(Fact(before, name)), _texts.Value(Fact(after, name)));
        return changes;

        // An added or removed step lists what it says; a step that stays lists what differs.
        void Add(string label, string? was, string? now)
        {
            if (was != now) changes.Add(new(label, was, now));
        }
    }

    private static IEnumerable<string> Names(ActivityNode? step) => step?.Json.Select(p => p.Key).Where(n => !NotSettings.Contains(n)) ?? [];

    private static JsonNode? Fact(ActivityNode? step, string name) =>
        (step?.Json["metadata"] as JsonObject)?[name] ?? (step?.Json["customProperties"] as JsonObject)?[name];

    private static JsonNode? Position(ActivityNode step) => ((step.Json["metadata"] as JsonObject)?["designer"] as JsonObject)?["position"];

    private static bool HoldsSteps(JsonNode? value) => value switch
    {
        JsonObject o => o["type"] is JsonValue type && type.TryGetValue<string>(out var t) && t.Contains('.', StringComparison.Ordinal) && o.ContainsKey("id"),
        JsonArray a => a.Count > 0 && a.All(HoldsSteps),
        _ => false,
    };

    private static List<ConnectionChange> CompareConnections(JsonObject before, JsonObject after)
    {
        var (old, fresh) = (RoutineConnection.Read(before), RoutineConnection.Read(after));
        var (oldKeys, freshKeys) = (old.Select(c => c.Key).ToHashSet(), fresh.Select(c => c.Key).ToHashSet());
        return
        [
            .. fresh.Where(c => !oldKeys.Contains(c.Key)).Select(c => new ConnectionChange(c.FromLabel, c.Outcome, c.ToLabel, ChangeKind.Added)),
            .. old.Where(c => !freshKeys.Contains(c.Key)).Select(c => new ConnectionChange(c.FromLabel, c.Outcome, c.ToLabel, ChangeKind.Removed)),
        ];
    }

    private static Dictionary<string, ActivityNode> ById(JsonObject document)
    {
        var found = new Dictionary<string, ActivityNode>(StringComparer.Ordinal);
        foreach (var step in DefinitionDocument.Activities(document).Where(a => a.Parent is not null)) found.TryAdd(step.Id, step);
        return found;
    }
}
