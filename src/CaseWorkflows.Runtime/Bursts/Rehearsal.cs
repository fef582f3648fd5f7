using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Runs what a call would cause without keeping it: the burst in a transaction that is rolled back, then the sub-routines it starts, in
/// memory and one after the other. What waits for a person, a time or an event ends there, as it would.
/// </summary>
internal sealed class Rehearsal(NpgsqlDataSource data, BurstRunner bursts, IGraphSource graphs, BurstParticipants participants)
{
    /// <summary>Sub-routines followed at most; a routine that starts itself must not make a page wait.</summary>
    private const int MaxChildren = 20;

    public async Task<BurstRehearsal> RunAsync(BurstRequest request, CancellationToken ct)
    {
        (WorkflowGraph Graph, BurstScope Scope)? ran = null;
        var run = await bursts.RunAsync(request with { InsteadOfWriting = (graph, scope) => ran = (graph, scope) }, ct);
        if (ran is not { } first) return new BurstRehearsal { Kind = run.OutcomeFor(request.InstanceId).Kind };

        var effects = new List<Effect>();
        await using var connection = await data.OpenConnectionAsync(ct);
        await FollowAsync(first.Graph, first.Scope.Result, first.Scope, effects, connection, ct);
        return new BurstRehearsal { Kind = BurstOutcomeKind.Committed, Effects = effects, Ambient = first.Scope.Ambient };
    }

    /// <returns>The routine's state when all that it started has come as far as it can.</returns>
    private async Task<WorkflowState> FollowAsync(
        WorkflowGraph graph, BurstResult result, BurstScope scope, List<Effect> effects, NpgsqlConnection c, CancellationToken ct)
    {
        var state = result.State;
        var started = new Queue<ChildStarted>(Take(result, effects));
        while (started.TryDequeue(out var child))
        {
            if (effects.OfType<ChildStarted>().Count() > MaxChildren) break;
            if (await graphs.FindPublishedAsync(child.DefinitionId, ct, c) is not { } childGraph) continue;
            var start = new StartBurst(child.ChildInstanceId, child.CorrelationId, child.Input, null, state.Name);
            var begun = await AnsweredAsync(Burst.Start(childGraph, start, participants.Environment(scope, c)), childGraph, scope, c, ct);
            var end = await FollowAsync(childGraph, begun, scope, effects, c, ct);
            if (child.WaitBookmarkId is not { } bookmark || end.Status != WorkflowStatus.Finished) continue;

            var told = new ChildResult(child.ChildInstanceId, end.Status, end.SubStatus, end.Output);
            var next = await AnsweredAsync(Burst.Resume(graph, state, bookmark, told, participants.Environment(scope, c)), graph, scope, c, ct);
            if (next.Disposition != BurstDisposition.Ran) continue;
            state = next.State;
            foreach (var more in Take(next, effects)) started.Enqueue(more);
        }

        return state;
    }

    private static IEnumerable<ChildStarted> Take(BurstResult result, List<Effect> effects)
    {
        effects.AddRange(result.Effects);
        return result.Effects.OfType<ChildStarted>();
    }

    private async Task<BurstResult> AnsweredAsync(BurstResult result, WorkflowGraph graph, BurstScope scope, NpgsqlConnection c, CancellationToken ct)
    {
        if (!BurstParticipants.AsksQuery(result)) return result;
        await using var transaction = await c.BeginTransactionAsync(ct);
        return await participants.AnswerAsync(result, graph, scope, c, transaction, ct);
    }
}
