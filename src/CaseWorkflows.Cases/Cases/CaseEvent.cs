using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Writes what another system told in the transaction that tells the routine of it.</summary>
internal sealed class CaseEvent(CommandContext context, CaseRecord record, string name) : IBurstParticipant
{
    public void AppendReads(BurstReads reads, BurstSubject subject)
    {
    }

    public ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct) => ValueTask.CompletedTask;

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = $"Händelse: {name}", Actor = context.Actor, At = scope.Now, Region = record.Region, Unit = record.UnitId, CaseId = record.Id,
            Source = context.Source, Trial = record.Trial
        });
        context.Idempotency?.Append(batch, $"case:{record.Id}");
    }

    public void Committed(BurstScope scope)
    {
    }
}
