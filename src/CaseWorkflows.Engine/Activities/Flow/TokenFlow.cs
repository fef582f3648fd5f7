using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>Token mode: a step that completes sends a token along each way it follows; the step it comes to decides how tokens merge.</summary>
internal sealed class TokenFlow : IFlowLogic
{
    public static readonly TokenFlow Instance = new();

    public void Completed(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child)
    {
        var graph = flowchart.GraphOf(c);
        var tokens = c.Flow!.Tokens;
        var activity = child.Node.LocalIndex;
        var followed = new List<int>();
        foreach (var connection in graph.Outbound(activity))
        {
            var port = flowchart.Connection(connection).Port;
            if (child.Outcomes.Count == 0 ? port == "Done" : child.Outcomes.Contains(port)) followed.Add(connection);
        }

        foreach (var connection in followed) tokens.Add(new FlowState.Token(connection));
        foreach (var token in tokens)
        {
            if (token.IsActive && flowchart.Connection(token.Connection).Target == activity) token.Consumed = true;
        }

        foreach (var connection in followed) Arrive(flowchart, graph, c, tokens, connection);
        tokens.RemoveAll(t => t.Consumed);
        CompleteWhenIdle(c, tokens);
    }

    public void Cancelled(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child)
    {
        var tokens = c.Flow!.Tokens;
        tokens.RemoveAll(t => t.IsActive && flowchart.Connection(t.Connection).Target == child.Node.LocalIndex);
        CompleteWhenIdle(c, tokens);
    }

    private static void CompleteWhenIdle(ActivityExecutionContext c, List<FlowState.Token> tokens)
    {
        if (!tokens.Exists(t => t.IsActive)) Flowchart.CompleteWhenIdle(c);
    }

    private static void Arrive(Flowchart flowchart, FlowGraph graph, ActivityExecutionContext c, List<FlowState.Token> tokens, int connection)
    {
        var target = flowchart.Connection(connection).Target;
        switch (MergeModeOf(flowchart.Activities[target], c))
        {
            case "Race" or "Cascade":
                Race(flowchart, graph, c, tokens, connection, target);
                return;
            case "Merge":
                if (HasTokenOnEach(graph.ForwardInbound(target), tokens)) c.Schedule(flowchart.Activities[target]);
                return;
            case "Converge":
                if (HasTokenOnEach(graph.Inbound(target), tokens)) c.Schedule(flowchart.Activities[target]);
                return;
            default:
                foreach (var inbound in graph.ForwardInbound(target))
                {
                    var source = flowchart.Connection(inbound).Source;
                    if (tokens.Exists(t => t.IsActive && flowchart.Connection(t.Connection).Target == source)) return;
                }

                c.Schedule(flowchart.Activities[target]);
                return;
        }
    }

    /// <summary>Race blocks the other ways in; a token on a blocked way takes the block with it. Cascade blocks none and runs once for each.</summary>
    private static void Race(Flowchart flowchart, FlowGraph graph, ActivityExecutionContext c, List<FlowState.Token> tokens, int connection, int target)
    {
        if (tokens.Find(t => t.Blocked && !t.Consumed && t.Connection == connection) is { } block)
        {
            block.Consumed = true;
            return;
        }

        var race = MergeModeOf(flowchart.Activities[target], c) == "Race";
        c.Schedule(flowchart.Activities[target]);
        if (!race) return;
        foreach (var inbound in graph.ForwardInbound(target))
        {
            if (inbound != connection) tokens.Add(new FlowState.Token(inbound) { Blocked = true });
        }
    }

    private static bool HasTokenOnEach(ReadOnlySpan<int> inbound, List<FlowState.Token> tokens)
    {
        foreach (var connection in inbound)
        {
            if (!tokens.Exists(t => t.IsActive && t.Connection == connection)) return false;
        }

        return true;
    }

    private static string? MergeModeOf(Activity target, ActivityExecutionContext c) => target is FlowJoin join
        ? join.ModeOf(c) == FlowJoinMode.WaitAny ? "Race" : "Merge"
        : target.MergeMode;
}
