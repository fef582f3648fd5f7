using Npgsql;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>A participant that does nothing yet.</summary>
internal abstract class Participant : IBurstParticipant
{
    public virtual void AppendReads(BurstReads reads, BurstSubject subject)
    {
    }

    public virtual ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct) => ValueTask.CompletedTask;

    public virtual void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
    }

    public virtual void Committed(BurstScope scope)
    {
    }
}
