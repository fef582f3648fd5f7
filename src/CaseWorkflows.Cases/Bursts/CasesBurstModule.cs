using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Bursts;

/// <summary>
/// The domain's part in every burst: locks the case after its instance, puts <see cref="CaseScope"/> in the ambient, and writes the
/// domain's effects and the changed case in the burst's own batch.
/// </summary>
internal sealed class CasesBurstModule(ReferenceStore reference, RunWays ways, DeliveryChannels channels, IHostSignals signals) : IBurstParticipant
{
    // Of runs: what others have given them, and the run that now gives something. A run's own case is no other's.
    private const string GivenSql =
        """
        SELECT EXISTS (
            SELECT 1 FROM (
                SELECT case_id FROM instance_origin WHERE instance_id IN ($1, $2)
                UNION ALL SELECT case_id FROM instance WHERE id = $2
                UNION ALL SELECT $3::uuid) given
            WHERE given.case_id IS NOT NULL AND given.case_id IS DISTINCT FROM coalesce($4::uuid, (SELECT case_id FROM instance WHERE id = $1))),
          ARRAY(SELECT units FROM instance_sweep WHERE instance_id = $1),
          ARRAY(SELECT units FROM instance_sweep WHERE instance_id = $2 UNION SELECT $5::text WHERE $5::text IS NOT NULL)
        """;

    public void AppendReads(BurstReads reads, BurstSubject subject)
    {
        reads.Add("SELECT version FROM reference_version");
        var (which, id) = subject.CaseId is { } caseId ? ("$1", caseId) : ("(SELECT case_id FROM instance WHERE id = $1)", subject.InstanceId);
        // Two statements: what the second one reads, the content too, is of after the wait for the lock.
        reads.Add($"SELECT 1 FROM cases WHERE id = {which} FOR NO KEY UPDATE", Sql.Value(id));
        reads.Add($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.id = {which}", Sql.Value(id));
        reads.Add($"""
            SELECT t.id, t.title, t.assignee, t.candidate_persons, (SELECT array_agg(c.held ORDER BY c.held) FROM task_candidate c WHERE c.task_id = t.id)
            FROM task t WHERE t.case_id = {which} AND t.state IN ('Öppen', 'Tagen') ORDER BY t.created_at, t.id
            """, Sql.Value(id));
        reads.Add(RunWays.VersionsOf(which), Sql.Value(id));
        reads.Add(GivenSql, Sql.Value(subject.InstanceId), Sql.Value(subject.GivenBy), Sql.Value(subject.GivenOfCase), Sql.Value(subject.CaseId),
            Sql.Value(subject.GivenOfUnits is { Count: > 0 } units ? string.Join('\n', units) : null));
    }

    public async ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope scope, CancellationToken ct)
    {
        await reader.ReadAsync(ct);
        var version = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        var record = await reader.ReadAsync(ct) ? CaseSql.Read(reader) : null;
        await reader.NextResultAsync(ct);
        var open = new List<OpenTask>();
        while (await reader.ReadAsync(ct))
        {
            open.Add(new OpenTask(reader.GetGuid(0), reader.GetString(1), reader.Text(2), reader.GetFieldValue<string[]>(3),
                reader.IsDBNull(4) ? [] : [.. reader.GetFieldValue<string[]>(4).Select(OpenTask.Candidate)]));
        }

        await reader.NextResultAsync(ct);
        var versions = new List<string>();
        while (await reader.ReadAsync(ct)) versions.Add(reader.GetString(0));
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        scope.Ambient.Add(new Found(version, record, open, versions, reader.GetBoolean(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2)));
    }

    public async ValueTask ReadyAsync(NpgsqlConnection connection, BurstScope scope, CancellationToken ct)
    {
        scope.Ambient.Add(DomainEvents.Reserved);
        // Intake brings a scope of its own: its case does not stand in the database yet.
        if (scope.Find<CaseScope>() is { } brought)
        {
            brought.WaysSpell = await SpellAsync(connection, scope, ct);
            return;
        }

        if (scope.Find<Found>() is not { } found) return;
        // A call that brings nothing tells a case's run no more than that it was called.
        var swept = found.Case is null || scope.IsNew || scope.Input is not null ? found.Swept.Union(found.GivenSwept) : found.Swept;
        var view = (await reference.AtLeastAsync(found.ReferenceVersion, connection, ct)).At(scope.Now);
        scope.Ambient.Add(new CaseScope(found.Case, view, scope.Find<Actor>() ?? DefaultActor(scope.Stimulus), scope.Now)
        {
            OpenTasks = found.OpenTasks, Region = scope.Region, Trial = scope.Trial, WaysSpell = await SpellAsync(connection, scope, ct),
            HoldsOfOthers = found.OfOthers && !scope.Trial, Swept = [.. swept.Select(units => units.Split('\n'))]
        });
        scope.Ambient.Add(view);
    }

    public void AppendWrites(BurstScope scope, NpgsqlBatch batch)
    {
        if (scope.Find<CaseScope>() is not { } cases) return;
        var writer = new BurstWriter(scope, cases, channels, batch);
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
                case IncidentRaised raised: writer.Write(raised); break;
                case RoutineNotStarted parked: writer.Write(parked); break;
            }
        }

        writer.WriteWithdrawals();
        writer.WriteSweeps();
    }

    public void Arrange(NpgsqlBatch batch) => HistoryWriter.PutLast(batch);

    public void Committed(BurstScope scope)
    {
        if (scope.Find<CaseScope>() is not { } cases) return;
        // When a case's routine goes on is told near the case alone: its times are its routine's to choose.
        var tasks = scope.Result.Effects.OfType<TaskCreated>().Select(t => t.UnitId).ToList();
        var near = ChangeTopics.At([.. cases.Case?.Units ?? [], .. tasks]);
        if (cases.Case is not null) signals.Send(ChangeTopics.Cases, near);
        if (near.Length == 0 && cases.HoldsOfOthers) return;
        if (scope.Stimulus != BurstStimulus.Start || tasks.Count > 0) signals.Send(ChangeTopics.Tasks, near);
    }

    private async ValueTask<bool> SpellAsync(NpgsqlConnection connection, BurstScope scope, CancellationToken ct) =>
        scope is { Trial: false, CaseId: not null, VersionId.Length: > 0 }
        && await ways.SpellAsync((scope.Find<Found>()?.Versions ?? []).Append(scope.VersionId).Distinct(), ct, connection);

    private static Actor DefaultActor(BurstStimulus stimulus) => stimulus == BurstStimulus.Timer ? Actor.Timer : Actor.System;

    private sealed record Found(
        long ReferenceVersion, CaseRecord? Case, IReadOnlyList<OpenTask> OpenTasks, IReadOnlyList<string> Versions, bool OfOthers, IReadOnlyList<string> Swept, IReadOnlyList<string> GivenSwept);
}
