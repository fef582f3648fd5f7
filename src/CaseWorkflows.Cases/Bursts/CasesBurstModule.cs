using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Bursts;

/// <summary>
/// The domain's part in every burst: locks the case after its instance, puts <see cref="CaseScope"/> in the ambient, and writes the
/// domain's effects and the changed case in the burst's own batch.
/// </summary>
internal sealed class CasesBurstModule(ReferenceStore reference) : IBurstParticipant
{
    public void AppendReads(BurstReads reads, BurstSubject subject)
    {
        reads.Add("SELECT version FROM reference_version");
        if (subject.CaseId is { } caseId)
            reads.Add($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.id = $1 FOR UPDATE OF c", Database.Sql.Value(caseId));
        else
            reads.Add($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.id = (SELECT case_id FROM instance WHERE id = $1) FOR UPDATE OF c", Database.Sql.Value(subject.InstanceId));
    }

    public async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        var version = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var record = await reader.ReadAsync(ct) ? CaseSql.Read(reader) : null;
        // Intake brings a scope of its own: its case does not stand in the database yet.
        if (scope.Find<CaseScope>() is not null) return;
        var view = (await reference.AtLeastAsync(version, ct)).At(scope.Now);
        scope.Ambient.Add(new CaseScope(record, view, scope.Find<Actor>() ?? DefaultActor(scope.Stimulus), scope.Now));
        scope.Ambient.Add(view);
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        if (scope.Find<CaseScope>() is not { } cases) return;
        var writer = new BurstWriter(scope, cases, batch);
        foreach (var effect in scope.Result.Effects)
        {
            switch (effect)
            {
                case MessageSent message: writer.Note(message); break;
                case BookmarkBurned { Reason: BurnReason.Cancelled, Bookmark.Name: TaskCreated.BookmarkName } burned: writer.Withdraw(burned.Bookmark.Id); break;
            }
        }

        writer.WriteCase();
        foreach (var effect in scope.Result.Effects)
        {
            switch (effect)
            {
                case TaskCreated task: writer.Write(task); break;
                case TaskUnlocked unlocked: writer.Write(unlocked); break;
                case MessageSent message: writer.Write(message); break;
                case NoticeQueued notice: writer.Write(notice); break;
                case HistoryAdded history: writer.Write(history); break;
                case CoverGranted cover: writer.Write(cover); break;
                case CoverRevoked cover: writer.Write(cover); break;
                case LinkedCaseAdded link: writer.Write(link); break;
            }
        }

        writer.WriteWithdrawals();
    }

    public void Committed(BurstScope scope)
    {
    }

    private static Actor DefaultActor(BurstStimulus stimulus) => stimulus == BurstStimulus.Timer ? Actor.Timer : Actor.System;
}
