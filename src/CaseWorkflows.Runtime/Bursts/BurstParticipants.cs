using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;
using CaseWorkflows.Runtime.Definitions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Everything modules do in a burst: reads, environment, queries, writes.</summary>
internal sealed class BurstParticipants
{
    private const int MaxQueries = 100;
    private readonly IBurstParticipant[] _modules;
    private readonly IQueryHandler[] _queries;
    private readonly IExpressionGlobals[] _globals;
    private readonly PublishedDefinitions _published;
    private readonly RunawayGuard _guard;
    private readonly ILogger<BurstParticipants> _log;

    public BurstParticipants(
        IEnumerable<IBurstParticipant> modules, IEnumerable<IQueryHandler> queries, IEnumerable<IExpressionGlobals> globals, PublishedDefinitions published, RunawayGuard guard,
        ILogger<BurstParticipants> log)
    {
        _guard = guard;
        _modules = [.. modules];
        _queries = [.. queries];
        _globals = [.. globals];
        _published = published;
        _log = log;
    }

    /// <summary>Those of the host first, then the call's own.</summary>
    public IReadOnlyList<IBurstParticipant> With(IReadOnlyList<IBurstParticipant> own) => own.Count == 0 ? _modules : [.. _modules, .. own];

    public static List<(IBurstParticipant Participant, int Reads)> AppendReads(IReadOnlyList<IBurstParticipant> participants, NpgsqlBatch batch, BurstSubject subject)
    {
        var readers = new List<(IBurstParticipant, int)>();
        foreach (var p in participants)
        {
            var reads = new BurstReads(batch);
            p.AppendReads(reads, subject);
            if (reads.Count > 0) readers.Add((p, reads.Count));
        }

        return readers;
    }

    /// <summary>The reader stands on the first participant's first result set.</summary>
    public static async Task ReadAsync(List<(IBurstParticipant Participant, int Reads)> readers, NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
    {
        for (var i = 0; i < readers.Count; i++)
        {
            if (i > 0) await reader.NextResultAsync(ct);
            await readers[i].Participant.ReadAsync(reader, scope, ct);
        }
    }

    /// <summary>When all have read: the connection is free again.</summary>
    public static async ValueTask ReadyAsync(IReadOnlyList<IBurstParticipant> participants, NpgsqlConnection c, BurstScope scope, CancellationToken ct)
    {
        foreach (var p in participants) await p.ReadyAsync(c, scope, ct);
    }

    public BurstEnvironment Environment(BurstScope scope, NpgsqlConnection c) => new()
    {
        Now = scope.Now, Ambient = [_published.In(scope.Region, c), .. scope.Ambient], Globals = _globals, Depth = scope.Depth, Limits = _guard.LimitsFor(scope),
        Revision = scope.Revision,
    };

    public static bool AsksQuery(BurstResult result)
    {
        foreach (var e in result.Effects)
        {
            if (e is QueryRequested) return true;
        }

        return false;
    }

    /// <summary>Answers the queries of a burst in its transaction, and goes on until it asks no more.</summary>
    public async Task<BurstResult> AnswerAsync(
        BurstResult result, Engine.Graph.WorkflowGraph graph, BurstScope scope, NpgsqlConnection c, NpgsqlTransaction t, CancellationToken ct)
    {
        for (var answered = 0; ; answered++)
        {
            var asked = result.Effects.OfType<QueryRequested>().FirstOrDefault();
            if (asked is null) return result;
            if (answered == MaxQueries) throw new InvalidOperationException($"Steget ställde fler än {MaxQueries} frågor till databasen.");

            var handler = _queries.FirstOrDefault(q => q.Handles(asked.Query))
                ?? throw new InvalidOperationException($"Frågan {asked.Query.GetType().Name} har ingen som svarar här.");
            var answer = await handler.RunAsync(asked.Query, c, t, scope, ct);
            var next = Burst.Resume(graph, result.State, asked.BookmarkId, answer, Environment(scope, c));
            result = new BurstResult(
                BurstDisposition.Ran, next.State, [.. result.Effects.Where(e => !ReferenceEquals(e, asked)), .. next.Effects], [.. result.Journal, .. next.Journal]);
        }
    }

    public void Committed(IReadOnlyList<IBurstParticipant> participants, BurstScope scope)
    {
        foreach (var p in participants)
        {
            try
            {
                p.Committed(scope);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The work is committed: what a listener does about it cannot undo that.
                _log.LogError(e, "{Participant} failed after the commit of a burst of {Instance}", p.GetType().Name, scope.InstanceId);
            }
        }

        if (!_log.IsEnabled(LogLevel.Debug)) return;
        foreach (var line in scope.Result.Effects.OfType<LineWritten>()) _log.LogDebug("{Instance} {Node}: {Text}", scope.InstanceId, line.NodeId, line.Text);
    }
}
