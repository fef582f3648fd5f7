using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Database;

/// <summary>Puts an idempotency key into a burst's transaction.</summary>
internal sealed class IdempotencyParticipant(IdempotencyClaim claim, string subject) : IBurstParticipant
{
    public void AppendReads(BurstReads reads, BurstSubject burst)
    {
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch) => claim.Append(batch, subject);
}
