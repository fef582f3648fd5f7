using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>Writes a resident's message in the transaction that tells the routine of it.</summary>
internal sealed class ResidentMessage(CommandContext context, Guid caseId, string text, IReadOnlyList<AttachmentContent> files) : IBurstParticipant
{
    public const string What = "Ta emot meddelande från invånaren";

    public Guid Id { get; } = Guid.CreateVersion7();

    public void AppendReads(BurstReads reads, BurstSubject subject) => CaseGate.AppendDelivery(reads, context, caseId);

    public async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct) =>
        scope.Ambient.Add(await CaseGate.ReadDeliveredAsync(reader, What, ct));

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        var record = scope.Find<CaseRecord>()!;
        MessageSql.InsertReceived(batch, Id, record, "Svar", text, scope.Now);
        foreach (var (name, contentType, content) in files)
        {
            batch.Add("INSERT INTO attachment (id, case_id, message_id, name, content_type, size, content, at, region) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                Guid.CreateVersion7(), record.Id, Id, name, contentType, content.Length, Sql.Value(content), scope.Now, record.Region);
        }

        if (record.Flags.Add(CaseFlag.NewReply)) CaseSql.Update(batch, record, scope.Now, contentChanged: false);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = "Svar från invånaren", Actor = Actor.Resident(context.Actor), At = scope.Now, Region = record.Region, Unit = record.UnitId, CaseId = record.Id,
            MessageId = Id, Source = context.Source, Trial = record.Trial
        });
        context.Idempotency?.Append(batch, $"message:{Id}");
    }

    public void Committed(BurstScope scope)
    {
    }
}
