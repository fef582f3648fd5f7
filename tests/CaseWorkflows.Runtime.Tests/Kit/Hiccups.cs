using Npgsql;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>Lets the first bursts of a kind fail just before they are written.</summary>
internal sealed class Hiccups(BurstStimulus stimulus, int failures) : Participant
{
    private int _tries;

    /// <summary>How many bursts of the kind have come this far, the failed ones included.</summary>
    public int Tries => Volatile.Read(ref _tries);

    public override void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        if (scope.Stimulus == stimulus && Interlocked.Increment(ref _tries) <= failures) throw new InvalidOperationException("A hiccup.");
    }
}
