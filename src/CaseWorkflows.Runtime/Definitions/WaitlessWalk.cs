using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>
/// How far a routine comes at once, before it waits for a person, an event or the time: which steps it passes and which routines it has
/// started by then. A step that it knows nothing of is taken to wait, so that what is found here is true.
/// </summary>
internal sealed class WaitlessWalk
{
    private const string Delay = "Elsa.Delay";

    // Flow and composition that go on in the same moment, beside all steps that are made to.
    private static readonly HashSet<string> Passing =
    [
        "Elsa.Start", "Elsa.End", "Elsa.FlowDecision", "Elsa.FlowSwitch", "Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.If", "Elsa.Switch", "Elsa.For",
        "Elsa.ForEach", "Elsa.ParallelForEach", "Elsa.While", "Elsa.Sequence", "Elsa.Parallel", "Elsa.Fork", "Elsa.Flowchart",
        "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows", "Elsa.Break",
    ];

    private static readonly HashSet<string> Ending = ["Elsa.Finish", "Elsa.Fault", "Elsa.Complete"];

    private readonly ActivityRegistry _registry;
    private readonly IReadOnlyList<ActivityNode> _all;
    private readonly ILookup<JsonObject, ActivityNode> _below;
    private readonly Func<ActivityNode, string?> _routineOf;
    private readonly Func<ActivityNode, IEnumerable<string>> _startedBy;
    private readonly Func<ActivityNode, bool> _isBegunBy;
    private readonly Func<string, bool> _isPassed;
    private readonly Dictionary<JsonObject, bool> _passes = [];
    private readonly List<(ActivityNode Step, string Routine)> _started = [];

    /// <param name="all">The steps of one definition, parents first.</param>
    /// <param name="routineOf">The routine that a step stands for; null when it is no such step.</param>
    /// <param name="startedBy">The routines that the step starts by an event.</param>
    /// <param name="isBegunBy">Whether the step is an event that the routine may begin with: then it has come already.</param>
    /// <param name="isPassed">Whether a routine that stands as a step comes to its end at once.</param>
    public WaitlessWalk(
        ActivityRegistry registry, IReadOnlyList<ActivityNode> all, Func<ActivityNode, string?> routineOf, Func<ActivityNode, IEnumerable<string>> startedBy,
        Func<ActivityNode, bool> isBegunBy, Func<string, bool> isPassed)
    {
        _startedBy = startedBy;
        _isBegunBy = isBegunBy;
        _registry = registry;
        _all = all;
        _below = all.Where(a => a.Parent is not null).ToLookup(a => a.Parent!);
        _routineOf = routineOf;
        _isPassed = isPassed;
        ReachesEnd = all.Count > 0 && Passes(all[0]);
    }

    /// <summary>The whole routine may come to its end without having waited.</summary>
    public bool ReachesEnd { get; }

    /// <summary>Routines that are started on the way, each with the step that does.</summary>
    public IReadOnlyList<(ActivityNode Step, string Routine)> Started => _started;

    /// <summary>Whether the step lets the flow go on at once.</summary>
    public bool Passes(ActivityNode step)
    {
        if (_passes.TryGetValue(step.Json, out var known)) return known;
        _passes[step.Json] = false;
        return _passes[step.Json] = Look(step);
    }

    private bool Look(ActivityNode step)
    {
        if (_routineOf(step) is { } used)
        {
            _started.Add((step, used));
            return _isPassed(used);
        }

        if (Ending.Contains(step.Type) || Waits(step)) return false;
        foreach (var routine in Named(step).Concat(_startedBy(step))) _started.Add((step, routine));
        var inside = _below[step.Json].ToList();
        if (step.Type == "Elsa.Flowchart") return Flow(step);
        if (step.Type == "Elsa.Sequence") return inside.TrueForAll(Passes);
        var passed = inside.ConvertAll(Passes);
        // A choice may take none of its branches, and a loop may have nothing to repeat.
        return step.Type switch
        {
            "Elsa.Parallel" => !passed.Contains(false),
            "Elsa.Fork" => passed.Count == 0 || passed.Contains(true),
            _ => true,
        };
    }

    private bool Flow(ActivityNode flow)
    {
        var shape = FlowShape.Of(flow, _all);
        var seen = new HashSet<string>(shape.Starts(), StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        var begun = seen.Where(id => _isBegunBy(shape.Steps[id])).ToHashSet(StringComparer.Ordinal);
        var ends = shape.Steps.Count == 0;
        while (open.TryDequeue(out var id))
        {
            if (!begun.Contains(id) && !Passes(shape.Steps[id])) continue;
            ends |= shape.From(id).Count == 0;
            foreach (var arrow in shape.From(id))
                if (seen.Add(arrow.To)) open.Enqueue(arrow.To);
        }

        return ends;
    }

    private bool Waits(ActivityNode step)
    {
        if ((_registry.Find(step.Type, step.Version) ?? _registry.FindLatest(step.Type)) is not { } descriptor) return true;
        if (step.Type == Delay) return descriptor.Inputs.FirstOrDefault(i => Literals.Expression(step.Json, i).Value is not null) is { } input && !IsNothing(step, input);
        return !Passing.Contains(step.Type) && !typeof(CodeActivity).IsAssignableFrom(descriptor.ClrType);
    }

    private static bool IsNothing(ActivityNode step, InputDescriptor input) =>
        Literals.Text(step.Json, input) is { } text && TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) && time <= TimeSpan.Zero;

    private IEnumerable<string> Named(ActivityNode step)
    {
        foreach (var input in (_registry.Find(step.Type, step.Version) ?? _registry.FindLatest(step.Type))?.Inputs ?? [])
            if ((input.OptionsProvider == "routines" || input.UIHint == "workflow-definition-picker") && Literals.Text(step.Json, input) is { Length: > 0 } routine) yield return routine;
    }
}
