using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Intake;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Messages;

/// <summary>Writes a resident's message in the transaction that tells the routine of it.</summary>
internal sealed class ResidentMessage(CommandContext context, Guid caseId, string text, IReadOnlyList<AttachmentContent> files, DeliveryChannels channels, IHostSignals signals)
    : IBurstParticipant
{
    public const string What = "Ta emot meddelande från invånaren";

    public Guid Id { get; } = Guid.CreateVersion7();

    public void AppendReads(BurstReads reads, BurstSubject subject) => CaseGate.AppendLocked(reads, context, caseId);

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
        // The history goes last: it is everybody's lock.
        var told = record.ClosedAt is null ? [] : TellReceivers(scope, batch, record);
        HistoryWriter.Append(batch, Entry("Svar från invånaren", null, Actor.Resident(context.Actor)));
        foreach (var (name, after) in told) HistoryWriter.Append(batch, Entry(name, after, Actor.System));

        HistoryEntry Entry(string name, string? after, Actor actor) => new()
        {
            Event = name, Actor = actor, At = scope.Now, Region = record.Region, Unit = record.UnitId, CaseId = record.Id, After = after,
            MessageId = after is null ? Id : null, Source = context.Source, Trial = record.Trial
        };

        context.Idempotency?.Append(batch, $"message:{Id}");
    }

    // Whoever has the case before them sees it now: the routine need not wait for it.
    public void Committed(BurstScope scope) => CaseSignal.Send(signals, scope.Find<CaseRecord>());

    /// <summary>No routine watches a closed case any more: whoever receives such cases at the unit, and who had it, are told.</summary>
    private List<(string Name, string? After)> TellReceivers(BurstScope scope, NpgsqlBatch batch, CaseRecord record)
    {
        var receivers = RegisterCase.RouteOf(context.Reference, record)?.Roles;
        var told = new List<(string, string?)>();
        NoticeSql.Queue(
            batch,
            new NoticeQueued
            {
                Persons = record.OwnerPerson is { } owner ? [owner] : [], Roles = [.. (receivers ?? []).Select(r => new TaskCandidate(r, record.ResponsibleUnitId))],
                Subject = CaseFlag.NewReply, Text = CaseFlag.NewReply + " i {ärendenummer}, som är avslutat ({enhet}). {länk}", UnitId = record.ResponsibleUnitId, CaseId = record.Id
            },
            scope, new CaseScope(record, context.Reference, context.Actor, scope.Now), channels, (name, after) => told.Add((name, after)));
        return told;
    }
}
