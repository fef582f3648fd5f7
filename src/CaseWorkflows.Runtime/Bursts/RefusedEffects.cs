using CaseWorkflows.Engine.Execution;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// The last net under what routines work out. When what a burst came to cannot be written (too long for an index, a number that no column takes, a
/// value that is no JSON), the step at fault is looked for, and the burst is done again with an incident there instead. So neither the case that a
/// caller brings nor the answer that a person gives bounces because of a routine, and nothing but that step is lost.
/// </summary>
internal static class RefusedEffects
{
    /// <summary>Steps failed one by one; after them the burst stops at the one found last, and goes on from there when it is mended.</summary>
    private const int MaxRounds = 3;

    public static async Task<BurstRun> RunAsync(Func<BurstTry, Task<BurstRun>> run, ILogger log)
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var round = 0; ; round++)
        {
            var attempt = new BurstTry(Revision(refused, null, round), keep: true);
            try
            {
                return await run(attempt);
            }
            catch (Exception e) when (attempt.HasRun && round <= MaxRounds && IsOfEffects(e))
            {
                if (await FindAsync(run, refused, round) is not { } step || !refused.TryAdd(step, Sentence(e))) throw;
                log.LogError(e, "What step {Step} came to could not be written; it gets an incident instead", step);
            }
        }
    }

    private static BurstRevision? Revision(Dictionary<string, string> refused, int? steps, int round) =>
        refused.Count == 0 && steps is null ? null
        : new BurstRevision { Refused = new Dictionary<string, string>(refused, StringComparer.Ordinal), Steps = steps, StopsAtRefused = round > MaxRounds - 1 };

    /// <summary>
    /// The first step with which the burst cannot be written any more, by halving. Null when it is none: when what the call writes beside is
    /// refused, or the burst can be written after all.
    /// </summary>
    private static async Task<string?> FindAsync(Func<BurstTry, Task<BurstRun>> run, Dictionary<string, string> refused, int round)
    {
        var whole = Revision(refused, int.MaxValue, round)!;
        if (await CanBeWrittenAsync(run, whole) || !await CanBeWrittenAsync(run, Revision(refused, 0, round)!)) return null;
        var (good, bad) = (0, whole.Ran.Count);
        while (bad - good > 1)
        {
            var middle = good + ((bad - good) / 2);
            if (await CanBeWrittenAsync(run, Revision(refused, middle, round)!)) good = middle;
            else bad = middle;
        }

        return bad == 0 ? null : whole.Ran[bad - 1];
    }

    private static async Task<bool> CanBeWrittenAsync(Func<BurstTry, Task<BurstRun>> run, BurstRevision revision)
    {
        var attempt = new BurstTry(revision, keep: false);
        try
        {
            await run(attempt);
            return true;
        }
        catch (Exception e) when (attempt.HasRun && IsOfEffects(e))
        {
            return false;
        }
    }

    /// <summary>Neither a refusal that is meant for the caller, nor a database that is away, busy or at odds with itself.</summary>
    private static bool IsOfEffects(Exception e) => e switch
    {
        PostgresException { TableName: "instance", ColumnName: "version_id" } => false,
        PostgresException p => p.SqlState[..2] is "22" or "23" or "54",
        StimulusRefusedException or OperationCanceledException or NpgsqlException or OutOfMemoryException => false,
        DatabaseUnavailableException or DatabaseBusyException or DefinitionNotFoundException or FamilyFullException => false,
        _ => !DatabaseUnavailableException.IsConnectionLoss(e) && !DatabaseRetry.IsUndone(e),
    };

    private static string Sentence(Exception e) => "Det som steget kom fram till kunde inte sparas: " + e switch
    {
        PostgresException { SqlState: ['5', ..] } p => $"ett värde är för långt ({p.SqlState}).",
        PostgresException { SqlState: ['2', '2', ..] } p => $"ett värde är av fel slag eller för stort ({p.SqlState}).",
        PostgresException p => $"det går inte ihop med det som redan finns ({p.SqlState}).",
        System.Text.Json.JsonException or ArgumentException => "ett värde är för djupt eller går inte att skriva som JSON.",
        _ => FaultText.Of(e),
    };
}
