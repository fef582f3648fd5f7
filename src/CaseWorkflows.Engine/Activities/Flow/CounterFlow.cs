using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Activities.Flow;

/// <summary>
/// Counter mode: a step with several ways in waits until each has been visited once more than the step itself, and runs if one of
/// them was followed. A way not taken is visited too, so that what lies behind it is passed over and nobody waits in vain.
/// </summary>
internal sealed class CounterFlow : IFlowLogic
{
    public static readonly CounterFlow Instance = new();
    private static readonly string[] Done = ["Done"];

    public void Completed(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child) =>
        Leave(flowchart, c, child, child.Outcomes.Count == 0 ? Done : child.Outcomes);

    public void Cancelled(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child) => Leave(flowchart, c, child, []);

    private static void Leave(Flowchart flowchart, ActivityExecutionContext c, ActivityExecutionContext child, IReadOnlyList<string> outcomes)
    {
        var walk = new Walk(flowchart, flowchart.GraphOf(c), c, c.Flow!);
        if (!walk.LeaveActivity(child.Node.LocalIndex, outcomes)) Flowchart.CompleteWhenIdle(c);
    }

    private readonly struct Walk(Flowchart flowchart, FlowGraph graph, ActivityExecutionContext c, FlowState flow)
    {
        /// <summary>Visits every way out; true when something was scheduled.</summary>
        public bool LeaveActivity(int activity, IReadOnlyList<string> outcomes)
        {
            flow.ActivityVisits[activity]++;
            var scheduled = false;
            foreach (var connection in graph.Outbound(activity))
            {
                var followed = Contains(outcomes, flowchart.Connection(connection).Port);
                flow.ConnectionVisits[connection]++;
                flow.LastFollowed[connection] = followed;
                scheduled |= Arrive(connection, followed);
            }

            return scheduled;
        }

        private bool Arrive(int connection, bool followed)
        {
            var target = flowchart.Connection(connection).Target;
            if (graph.IsBackward(connection))
            {
                if (!followed) return false;
                if (!graph.IsValidBackward(connection)) throw new InvalidOperationException("En pil leder tillbaka till ett steg som inte alltid har passerats. Dra pilen till ett steg som alla vägar dit går igenom.");
                return Schedule(target);
            }

            return flowchart.Activities[target] is FlowJoin join ? ArriveAtJoin(connection, target, join.ModeOf(c)) : ArriveAtStep(target);
        }

        private bool ArriveAtStep(int target)
        {
            if (!AllVisited(target)) return false;
            return AnyFollowed(target) ? Schedule(target) : LeaveActivity(target, []);
        }

        private bool ArriveAtJoin(int connection, int target, FlowJoinMode mode)
        {
            switch (mode)
            {
                case FlowJoinMode.WaitAny:
                    if (flow.ConnectionVisits[connection] <= flow.ActivityVisits[target]) return false;
                    if (AnyFollowed(target)) return !c.Workflow.IsScheduled(c, flowchart.Activities[target].Node) && Schedule(target);
                    return AllVisited(target) && LeaveActivity(target, []);
                case FlowJoinMode.WaitAll:
                    if (!AllVisited(target)) return false;
                    return AllFollowed(target) ? Schedule(target) : LeaveActivity(target, []);
                default:
                    return ArriveAtStep(target);
            }
        }

        private bool Schedule(int target)
        {
            c.Schedule(flowchart.Activities[target]);
            return true;
        }

        private bool AllVisited(int target)
        {
            foreach (var inbound in graph.ForwardInbound(target))
            {
                if (flow.ConnectionVisits[inbound] <= flow.ActivityVisits[target]) return false;
            }

            return true;
        }

        private bool AnyFollowed(int target)
        {
            foreach (var inbound in graph.ForwardInbound(target))
            {
                if (flow.LastFollowed[inbound]) return true;
            }

            return false;
        }

        private bool AllFollowed(int target)
        {
            foreach (var inbound in graph.ForwardInbound(target))
            {
                if (!flow.LastFollowed[inbound]) return false;
            }

            return true;
        }

        private static bool Contains(IReadOnlyList<string> outcomes, string port)
        {
            for (var i = 0; i < outcomes.Count; i++)
            {
                if (outcomes[i] == port) return true;
            }

            return false;
        }
    }
}
