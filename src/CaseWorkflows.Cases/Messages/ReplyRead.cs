using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>The statements of a reply that somebody has read in a closed case.</summary>
internal sealed class ReplyRead(CommandContext context, Guid caseId, Guid? lastMessage, IHostSignals signals) : IBurstParticipant
{
    public const string What = "Markera svar som läst";
    public const string Event = "Svar läst";

    public void AppendReads(BurstReads reads, BurstSubject subject)
    {
        CaseGate.AppendLocked(reads, context, caseId);
        reads.Add(MessageSql.LatestReceived, Sql.Value(caseId));
    }

    public async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
    {
        var record = await CaseGate.ReadWithTextAsync(reader, What, ct);
        if (record.ClosedAt is null)
            throw new ConflictException(ConflictTypes.CaseOpen, "Ärendet är inte avslutat. Märket tas bort när invånaren får svar.");
        await reader.NextResultAsync(ct);
        var latest = await reader.ReadAsync(ct) ? reader.GetGuid(0) : (Guid?)null;
        if (latest != lastMessage && record.Flags.Contains(CaseFlag.NewReply))
        {
            if (lastMessage is null) throw new ValidationFailedException("lastMessage", "Ange det senaste meddelande från invånaren som har visats.");
            throw new ConflictException(ConflictTypes.MessageChanged, "Invånaren har skrivit igen sedan sidan visades. Läs det nya svaret innan du markerar det som läst.");
        }

        scope.Ambient.Add(record);
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        var record = scope.Find<CaseRecord>()!;
        context.Idempotency?.Append(batch, $"case:{record.Id}");
        if (!record.Flags.Remove(CaseFlag.NewReply)) return;   // a colleague was first
        CaseSql.Update(batch, record, scope.Now, contentChanged: false);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = Event, Actor = context.Actor, At = scope.Now, Region = record.Region, Unit = record.UnitId, CaseId = record.Id, Before = CaseFlag.NewReply,
            Source = context.Source, Trial = record.Trial
        });
    }

    public void Committed(BurstScope scope) => CaseSignal.Send(signals, scope.Find<CaseRecord>());
}
