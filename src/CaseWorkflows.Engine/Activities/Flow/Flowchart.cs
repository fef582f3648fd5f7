using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Definitions;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>Steps joined by connections. What runs next is decided by counting visits, or by tokens.</summary>
[Activity(Category = "Flöde", DisplayName = "Flödesschema", Description = "Steg som förbinds med pilar.", IsContainer = true, Hidden = true)]
public sealed class Flowchart : Activity
{
    private readonly ConcurrentDictionary<int, FlowGraph> _graphs = new();
    private FlowConnection[] _connections = [];
    private IFlowLogic _logic = CounterFlow.Instance;
    private int _defaultStart = -1;

    public IList<Activity> Activities { get; set; } = [];

    /// <summary>Connections of a flowchart built in code; a compiled one has them from its JSON.</summary>
    public IList<Connection> Connections { get; } = [];

    internal FlowConnection Connection(int index) => _connections[index];

    internal int ConnectionCount => _connections.Length;

    internal FlowGraph GraphOf(ActivityExecutionContext c) => _graphs.GetOrAdd(c.Counter, start => new FlowGraph(Activities.Count, _connections, start));

    internal override void Bind(ActivityBinder b)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Activities.Count; i++)
        {
            index.TryAdd(Activities[i].Id, i);
            Activities[i].Node.LocalIndex = i;
        }

        _connections = ReadConnections(b, index);
        _defaultStart = FindStart();
        if (FlowModeOf(b.Json) is { } own ? own == FlowMode.Token : b.FlowMode == FlowMode.Token) _logic = TokenFlow.Instance;
    }

    protected internal override void Execute(ActivityExecutionContext c)
    {
        var start = StartOf(c);
        if (start < 0)
        {
            c.Complete();
            return;
        }

        c.Counter = start;
        c.Flow = new FlowState(Activities.Count, _connections.Length);
        c.Schedule(Activities[start]);
    }

    protected internal override void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (child.Activity is ITerminalActivity) c.Complete();
        else _logic.Completed(this, c, child);
    }

    internal override void ChildCancelled(ActivityExecutionContext c, ActivityExecutionContext child)
    {
        if (c.Status == ActivityStatus.Running) _logic.Cancelled(this, c, child);
    }

    internal static void CompleteWhenIdle(ActivityExecutionContext c)
    {
        if (c.HasPendingWork || c.Children.Any(child => child.Status == ActivityStatus.Faulted)) return;
        c.Complete();
    }

    /// <summary><c>customProperties.flowMode</c> (Counter or Token) of a flowchart or a definition; null when it leaves the choice to what is around it.</summary>
    internal static FlowMode? FlowModeOf(JsonObject json) =>
        Enum.TryParse<FlowMode>((json["customProperties"] as JsonObject)?.Text("flowMode"), ignoreCase: true, out var mode) ? mode : null;

    /// <summary>In counter mode an arrow back fails unless every way to its source passes its target: seen here rather than in a running case.</summary>
    protected internal override void Validate(ActivityValidation v)
    {
        ArgumentNullException.ThrowIfNull(v);
        if (_logic != CounterFlow.Instance) return;
        var starts = Activities.Where(a => a.CanStartWorkflow).Select(a => a.Node.LocalIndex).Append(_defaultStart).Where(s => s >= 0).Distinct();
        var graphs = starts.Select(s => new FlowGraph(Activities.Count, _connections, s)).ToList();
        for (var i = 0; i < _connections.Length; i++)
        {
            if (!graphs.Exists(g => g.IsBackward(i) && !g.IsValidBackward(i))) continue;
            var (from, to) = (GraphCompiler.Shown(Activities[_connections[i].Source].Json), GraphCompiler.Shown(Activities[_connections[i].Target].Json));
            v.Problem(null, "backward", $"Pilen från ’{from}’ tillbaka till ’{to}’ kan inte följas, för det går att komma till ’{from}’ utan att ha passerat ’{to}’. Dra pilen till ett steg som alla vägar dit går igenom.");
        }
    }

    internal bool Leaves(int step, string outcome) => _connections.Any(c => c.Source == step && c.Port == outcome);

    /// <summary>Whether a step that ends the flow is reached when this one never completes.</summary>
    internal bool CanEndWithout(int step)
    {
        var seen = new HashSet<int>(Activities.Where(a => a.CanStartWorkflow).Select(a => a.Node.LocalIndex).Append(_defaultStart).Where(s => s >= 0 && s != step));
        var open = new Queue<int>(seen);
        while (open.TryDequeue(out var at))
        {
            if (Activities[at] is ITerminalActivity) return true;
            foreach (var c in _connections)
                if (c.Source == at && c.Target != step && seen.Add(c.Target)) open.Enqueue(c.Target);
        }

        return false;
    }

    private int StartOf(ActivityExecutionContext c)
    {
        if (c.Workflow.TriggerNode is { LocalIndex: >= 0 } trigger && ReferenceEquals(trigger.Parent, Node) && !c.Workflow.TriggerUsed) return trigger.LocalIndex;
        return _defaultStart;
    }

    private int FindStart()
    {
        for (var i = 0; i < Activities.Count; i++)
        {
            if (Activities[i] is Start) return i;
        }

        for (var i = 0; i < Activities.Count; i++)
        {
            if (Activities[i].CanStartWorkflow) return i;
        }

        for (var i = 0; i < Activities.Count; i++)
        {
            if (_connections.All(c => c.Target != i)) return i;
        }

        return Activities.Count > 0 ? 0 : -1;
    }

    private static FlowConnection[] ReadConnections(ActivityBinder b, Dictionary<string, int> index)
    {
        var result = new List<FlowConnection>();
        if (b.Json["connections"] is not JsonArray list) return [];
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not JsonObject c) continue;
            var (source, port) = End(c, "source", "sourcePort");
            var (target, _) = End(c, "target", "targetPort");
            if (index.TryGetValue(source, out var from) && index.TryGetValue(target, out var to))
            {
                result.Add(new FlowConnection(from, string.IsNullOrEmpty(port) ? "Done" : port, to));
                continue;
            }

            // Elsa leaves such a connection out; at publish it is an error, because a case would stop there.
            if (!b.Strict) continue;
            var missing = index.ContainsKey(source) ? target : source;
            b.Problem($"{b.Path}.connections[{i}]", index.ContainsKey(source) ? "missing-target" : "missing-source", index.ContainsKey(source)
                ? $"En pil från \"{source}\" leder till ett steg som inte finns ({missing})."
                : $"En pil utgår från ett steg som inte finns ({missing}).");
        }

        return [.. result];
    }

    private static (string Id, string? Port) End(JsonObject c, string end, string portName) => c[end] switch
    {
        JsonObject o => (o.Text("activity") ?? "", o.Text("port")),
        _ => (c.Text(end) ?? "", c.Text(portName)),
    };
}
