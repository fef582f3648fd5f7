using System.Collections.Concurrent;
using CaseWorkflows.Engine.Execution;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// What may come of one run, and what of one item of the queue before time passes. Depth and turns stand in the rows. Runs are counted by family:
/// a run that something outside began, and all that came of it. Only what starts another run counts, in its own transaction.
/// </summary>
internal sealed class RunawayGuard(NpgsqlDataSource data, WorkflowRuntimeOptions options)
{
    // One more than fits has no number, and the batch is refused with all that stands in it.
    private const string CountSql =
        """
        INSERT INTO run_family AS f (family_id, since, runs) VALUES ($1, $2, CASE WHEN $3 <= $4 THEN $3 END)
        ON CONFLICT (family_id) DO UPDATE SET
          since = CASE WHEN f.since <= $5 THEN $2 ELSE f.since END,
          runs = CASE WHEN f.since <= $5 THEN excluded.runs WHEN f.runs + $3 <= $4 THEN f.runs + $3 END
        """;

    private const string ReadSql = "SELECT since, runs FROM run_family WHERE family_id = $1";

    private const int Kept = 1_000;

    // Only spares bursts that would be refused: what a family has left grows no more until its time is over.
    private readonly ConcurrentDictionary<Guid, Rest> _known = new();

    /// <summary>The limits of a burst as <paramref name="scope"/> stands before it.</summary>
    public ExecutionLimits LimitsFor(BurstScope scope) => ExecutionLimits.Default with
    {
        MaxRunDepth = options.MaxRunDepth, MaxRuns = options.MaxRuns, RunsSpan = options.RunsSpan, RunsLeft = Math.Max(0, LeftOf(scope) - scope.RunsCounted),
    };

    /// <summary>Why the item goes no further; null = it does.</summary>
    public RunawayException? Stops(QueueItem item) => item.Turns > options.MaxTurns ? RunawayException.Turns(options.MaxTurns) : null;

    /// <summary>Asked for a run that no step has asked for itself: an event starts it.</summary>
    /// <exception cref="RunawayException">It is not started.</exception>
    public void DemandStart(QueuePayloads.Start start)
    {
        if (start.Depth > options.MaxRunDepth) throw RunawayException.Depth(options.MaxRunDepth);
    }

    /// <summary>The same, when business time is known.</summary>
    /// <exception cref="RunawayException">It is not started.</exception>
    public void DemandStart(BurstScope scope)
    {
        if (scope.RunsCounted > LeftOf(scope)) throw RunawayException.Runs(scope.DefinitionId, options);
    }

    /// <summary>The last statement of the burst: the others of its family wait for it from here to the commit, and it waits for nobody any more.</summary>
    public void AppendCount(NpgsqlBatch batch, BurstScope scope)
    {
        if (scope is not { Family: { } family, RunsCounted: > 0 }) return;
        batch.Add(CountSql).With(family).With(scope.Now).With(scope.RunsCounted).With(options.MaxRuns).With(scope.Now - options.RunsSpan);
    }

    public static bool IsFull(PostgresException e) => e is { SqlState: PostgresErrorCodes.NotNullViolation, TableName: "run_family", ColumnName: "runs" };

    /// <summary>Reads how many runs a family has left, so that the burst that was refused can be done again.</summary>
    /// <param name="full">The family and the time.</param>
    /// <param name="none">It gets none until its time is over, however many there are: others of it were always first.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task LearnAsync(FamilyFullException full, bool none, CancellationToken ct)
    {
        var (since, runs) = (full.Now, 0);
        await using (var command = data.CreateCommand(ReadSql))
        {
            command.Parameters.Add(new() { Value = full.Family });
            await using var r = await command.ExecuteReaderAsync(ct);
            if (await r.ReadAsync(ct) && r.GetFieldValue<DateTimeOffset>(0) > full.Now - options.RunsSpan) (since, runs) = (r.GetFieldValue<DateTimeOffset>(0), r.GetInt32(1));
        }

        _known[full.Family] = new Rest(none ? 0 : Math.Max(0, options.MaxRuns - runs), since + options.RunsSpan);
        if (_known.Count > Kept) Forget();
    }

    private int LeftOf(BurstScope scope) =>
        scope.Family is { } family && _known.TryGetValue(family, out var rest) && scope.Now < rest.Until ? rest.Runs : options.MaxRuns;

    private void Forget()
    {
        foreach (var (family, _) in _known.OrderBy(k => k.Value.Until).Take(Kept / 2)) _known.TryRemove(family, out _);
    }

    private readonly record struct Rest(int Runs, DateTimeOffset Until);
}
