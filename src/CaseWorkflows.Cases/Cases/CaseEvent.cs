using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Writes what another system told in the transaction that tells the routine of it.</summary>
internal sealed class CaseEvent(CommandContext context, Guid caseId, string name) : IBurstParticipant
{
    public const string What = "Ta emot händelse";

    public void AppendReads(BurstReads reads, BurstSubject subject) => CaseGate.AppendLocked(reads, context, caseId);

    public async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct) =>
        scope.Ambient.Add(await CaseGate.ReadDeliveredAsync(reader, What, ct));

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        var record = scope.Find<CaseRecord>()!;
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = $"Händelse: {name}", Actor = context.Actor, At = scope.Now, Region = record.Region, Unit = record.UnitId, CaseId = record.Id,
            Source = context.Source, Trial = record.Trial
        });
        context.Idempotency?.Append(batch, $"case:{record.Id}");
    }
}
