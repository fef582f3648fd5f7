namespace CaseWorkflows.Engine.Graph;

/// <summary>A flowchart's connections seen from one start: which lead forward, which lead back.</summary>
internal sealed class FlowGraph
{
    private readonly FlowConnection[] _connections;
    private readonly int[][] _outbound;
    private readonly int[][] _forwardInbound;
    private readonly int[][] _inbound;
    private readonly bool[] _backward;
    private readonly bool[] _validBackward;
    private readonly Lazy<int[]>[] _ancestors;

    public FlowGraph(int activities, FlowConnection[] connections, int start)
    {
        _connections = connections;
        _backward = new bool[connections.Length];
        _validBackward = new bool[connections.Length];
        _outbound = Group(activities, c => c.Source, _ => true);
        var reached = new bool[activities];
        FindBackward(start, reached);
        for (var i = 0; i < connections.Length; i++)
        {
            if (_backward[i]) _validBackward[i] = !Reaches(start, connections[i].Source, without: connections[i].Target);
        }

        _inbound = Group(activities, c => c.Target, i => reached[connections[i].Source]);
        _forwardInbound = Group(activities, c => c.Target, i => !_backward[i] && reached[connections[i].Source]);
        _ancestors = [.. Enumerable.Range(0, activities).Select(a => new Lazy<int[]>(() => FindAncestors(a)))];
    }

    public ReadOnlySpan<int> Outbound(int activity) => _outbound[activity];

    public ReadOnlySpan<int> ForwardInbound(int activity) => _forwardInbound[activity];

    public ReadOnlySpan<int> Inbound(int activity) => _inbound[activity];

    public bool IsBackward(int connection) => _backward[connection];

    /// <summary>A way back is valid when every way to its source goes through its target.</summary>
    public bool IsValidBackward(int connection) => _validBackward[connection];

    /// <summary>Everything from which the activity is reached by going forward.</summary>
    public int[] Ancestors(int activity) => _ancestors[activity].Value;

    private int[][] Group(int activities, Func<FlowConnection, int> key, Func<int, bool> include)
    {
        var lists = new List<int>[activities];
        for (var i = 0; i < _connections.Length; i++)
        {
            if (include(i)) (lists[key(_connections[i])] ??= []).Add(i);
        }

        return [.. lists.Select(l => l?.ToArray() ?? [])];
    }

    /// <summary>Depth first without recursion; a connection to an activity still being explored leads back.</summary>
    private void FindBackward(int start, bool[] reached)
    {
        var exploring = new bool[reached.Length];
        var stack = new Stack<(int Activity, int Next)>();
        stack.Push((start, 0));
        reached[start] = exploring[start] = true;
        while (stack.Count > 0)
        {
            var (activity, next) = stack.Pop();
            if (next == _outbound[activity].Length)
            {
                exploring[activity] = false;
                continue;
            }

            stack.Push((activity, next + 1));
            var connection = _outbound[activity][next];
            var target = _connections[connection].Target;
            if (exploring[target]) _backward[connection] = true;
            if (reached[target]) continue;
            reached[target] = exploring[target] = true;
            stack.Push((target, 0));
        }
    }

    private bool Reaches(int start, int goal, int without)
    {
        if (start == without) return false;
        var seen = new bool[_outbound.Length];
        var queue = new Queue<int>([start]);
        seen[start] = true;
        while (queue.TryDequeue(out var at))
        {
            if (at == goal) return true;
            foreach (var c in _outbound[at])
            {
                var target = _connections[c].Target;
                if (target == without || seen[target]) continue;
                seen[target] = true;
                queue.Enqueue(target);
            }
        }

        return false;
    }

    private int[] FindAncestors(int activity)
    {
        var seen = new HashSet<int>();
        var queue = new Queue<int>([activity]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var c in _forwardInbound[at])
            {
                if (seen.Add(_connections[c].Source)) queue.Enqueue(_connections[c].Source);
            }
        }

        seen.Remove(activity);
        return [.. seen];
    }
}
