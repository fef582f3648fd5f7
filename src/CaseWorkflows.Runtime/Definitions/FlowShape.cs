using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime.Definitions;

/// <summary>One flowchart as a graph: its steps and arrows, and what can be reached from where.</summary>
internal sealed class FlowShape
{
    private readonly Dictionary<string, List<Arrow>> _out = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Arrow>> _in = new(StringComparer.Ordinal);

    private FlowShape(IReadOnlyDictionary<string, ActivityNode> steps, IReadOnlyList<Arrow> arrows)
    {
        Steps = steps;
        Arrows = arrows;
        foreach (var arrow in arrows)
        {
            if (!_out.TryGetValue(arrow.From, out var outgoing)) _out[arrow.From] = outgoing = [];
            outgoing.Add(arrow);
            if (!_in.TryGetValue(arrow.To, out var incoming)) _in[arrow.To] = incoming = [];
            incoming.Add(arrow);
        }
    }

    public IReadOnlyDictionary<string, ActivityNode> Steps { get; }

    /// <summary>Arrows between steps that both exist.</summary>
    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>Arrows to or from nowhere.</summary>
    public IReadOnlyList<Arrow> Loose { get; private init; } = [];

    public static FlowShape Of(ActivityNode flow, IEnumerable<ActivityNode> all)
    {
        var steps = all.Where(a => ReferenceEquals(a.Parent, flow.Json) && a.Port == "activities")
            .GroupBy(a => a.Id).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var arrows = (flow.Json["connections"] as JsonArray ?? []).OfType<JsonObject>().Select(Read).OfType<Arrow>().ToList();
        return new FlowShape(steps, arrows.Where(a => steps.ContainsKey(a.From) && steps.ContainsKey(a.To)).ToList())
        {
            Loose = arrows.Where(a => !steps.ContainsKey(a.From) || !steps.ContainsKey(a.To)).ToList(),
        };
    }

    public IReadOnlyList<Arrow> From(string id) => _out.GetValueOrDefault(id) ?? [];

    public IReadOnlyList<Arrow> To(string id) => _in.GetValueOrDefault(id) ?? [];

    /// <summary>Where the flow may begin: every trigger, and the Start step; without either, the first step that no arrow leads to.</summary>
    public IReadOnlyList<string> Starts()
    {
        var triggers = Steps.Values.Where(s => s.CanStartWorkflow).Select(s => s.Id).ToList();
        var start = Steps.Values.FirstOrDefault(s => s.Type == "Elsa.Start")?.Id
            ?? triggers.FirstOrDefault()
            ?? Steps.Values.FirstOrDefault(s => To(s.Id).Count == 0)?.Id
            ?? Steps.Keys.FirstOrDefault();
        return start is null ? triggers : [.. triggers.Append(start).Distinct()];
    }

    /// <summary>What can be reached over steps that meet the condition.</summary>
    public HashSet<string> Reachable(IEnumerable<string> from, Func<string, bool> within) => Walk(from, id => From(id).Select(a => a.To).Where(within));

    public HashSet<string> Reachable(IEnumerable<string> from) => Walk(from, id => From(id).Select(a => a.To));

    /// <summary>Every step from which one of these can be reached.</summary>
    public HashSet<string> Reaching(IEnumerable<string> to) => Walk(to, id => To(id).Select(a => a.From));

    private static HashSet<string> Walk(IEnumerable<string> from, Func<string, IEnumerable<string>> next)
    {
        var seen = new HashSet<string>(from, StringComparer.Ordinal);
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var id))
            foreach (var to in next(id))
                if (seen.Add(to)) open.Enqueue(to);
        return seen;
    }

    private static Arrow? Read(JsonObject connection)
    {
        var (from, port) = End(connection, "source", "sourcePort");
        var (to, _) = End(connection, "target", "targetPort");
        return from is null || to is null ? null : new Arrow(from, string.IsNullOrEmpty(port) ? "Done" : port, to);
    }

    /// <summary>An end is an object, or in older files the step's id beside its port.</summary>
    private static (string? Step, string? Port) End(JsonObject connection, string end, string portName) => connection[end] is JsonObject o
        ? (DefinitionDocument.String(o, "activity") ?? "", DefinitionDocument.String(o, "port"))
        : (DefinitionDocument.String(connection, end), DefinitionDocument.String(connection, portName));

    internal sealed record Arrow(string From, string Outcome, string To);
}
