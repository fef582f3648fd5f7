using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Messages;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Bursts;

/// <summary>Turns the effects of one burst into statements. Order: the case row first, then the rest, the history stream last within each.</summary>
internal sealed class BurstWriter(BurstScope scope, CaseScope cases, DeliveryChannels channels, NpgsqlBatch batch)
{
    private readonly CompletedTask? _completed = scope.Find<CompletedTask>();
    private readonly List<string> _withdrawn = [];
    private readonly HashSet<string> _created = [.. scope.Result.Effects.OfType<TaskCreated>().Select(t => t.BookmarkId)];

    /// <summary>A message that counts meets the response clock (D-07), whatever the routine does about it.</summary>
    public void Note(MessageSent message)
    {
        if (!message.CountsAsFirstResponse || cases.Case is not { } record) return;
        record.FirstResponseAt ??= scope.Now;
        if (record.Clock.State is CaseClock.Running or CaseClock.Warned or CaseClock.Breached)
            record.Clock = record.Clock with { State = CaseClock.Met, MetAt = scope.Now };
    }

    public void Withdraw(string bookmarkId) => _withdrawn.Add(bookmarkId);

    public void WriteCase()
    {
        if (cases.Case is not { } record) return;
        record.FlagProtection();
        if (cases.Original is not { } original)
        {
            CaseSql.Insert(batch, record, scope.Now);
            Append("Ärendet inkommet", null, record.Status, rule: null);
            return;
        }

        if (!CaseChanges.Differs(original, record)) return;
        CaseSql.Update(batch, record, scope.Now, CaseChanges.ContentDiffers(original, record));
        foreach (var (name, before, after) in CaseChanges.Between(original, record, cases.Reference))
        {
            if (!IsTold(name, before)) Append(name, before, after, rule: null);
        }
    }

    /// <summary>A step has told of the change in its own words, from where the case stood: once is enough.</summary>
    private bool IsTold(string change, string? before) =>
        scope.Result.Effects.OfType<HistoryAdded>().Any(h => h.Tells == change && string.Equals(h.Before, before, StringComparison.Ordinal));

    public void Write(TaskCreated task)
    {
        // Made and cancelled in the same burst: nobody ever saw it.
        if (_withdrawn.Contains(task.BookmarkId) && Gone(task)) return;
        TaskSql.Insert(batch, task, scope, cases.Case, cases.Actor.PersonId);
        Append("Uppgift skapad", null, task.WaitingFor.Count > 0 ? TaskState.Locked : TaskState.Open, task: task.Title, taskId: task.TaskId, rule: null, unit: task.UnitId, ofCase: task.CaseId);
        if (task.Assignee is { } assignee)
            Append("Uppgift tilldelad", null, cases.Reference.FindPerson(assignee)?.ShortName ?? assignee, task: task.Title, taskId: task.TaskId, rule: null, unit: task.UnitId, ofCase: task.CaseId);
    }

    public void Write(TaskUnlocked unlocked) =>
        batch.Add("UPDATE task SET state = 'Öppen', waiting_for = '{}', revision = revision + 1 WHERE id = $1 AND state = 'Låst'", unlocked.TaskId);

    public void Write(MessageSent message)
    {
        if (cases.Case is not { } record) return;
        MessageSql.InsertSent(batch, message, record, scope, channels.Has(NoticeChannel.Resident));
        Append("Meddelande skickat", null, message.Kind, rule: null, messageId: message.MessageId);
    }

    public void Write(NoticeQueued notice)
    {
        var own = notice with { CaseId = Own(notice.CaseId) };
        NoticeSql.Queue(batch, own, scope, cases, channels, (name, after) => Append(name, null, after, rule: own.Rule, unit: own.UnitId, ofCase: own.CaseId));
    }

    public void Write(HistoryAdded history) =>
        Append(history.Event, history.Before, history.After, history.Rule, history.Reason, history.Task, activity: history.Activity ?? history.NodeId, unit: history.UnitId, computed: history.Computed);

    public void Write(CoverGranted cover)
    {
        // A trial changes nobody's rights.
        if (scope.Trial) return;
        CoverSql.Grant(batch, cover, cases, scope.Now);
        Append("Bevakning ordnad", null, string.Join(", ", cover.CoverPersons.Select(p => cases.Reference.FindPerson(p)?.ShortName ?? p)), rule: null,
            unit: cases.Reference.AssignmentsOf(cover.AbsentPerson).FirstOrDefault()?.Unit);
    }

    public void Write(CoverRevoked cover)
    {
        if (!scope.Trial) CoverSql.Revoke(batch, cover.AbsenceId, cases, scope.Now);
    }

    public void Write(LinkedCaseAdded link)
    {
        if (cases.Case is not { } record || scope.Trial) return;
        batch.Add("""
            INSERT INTO case_link (case_id, other_case_id, kind, at)
            SELECT a, b, $3, $4 FROM (VALUES ($1::uuid, $2::uuid), ($2::uuid, $1::uuid)) AS pair (a, b)
            WHERE EXISTS (SELECT 1 FROM cases WHERE id = $2 AND region = $5 AND NOT trial) ON CONFLICT DO NOTHING
            """,
            record.Id, link.OtherCaseId, link.Kind, scope.Now, record.Region);
    }

    /// <summary>The case stands still there until somebody has decided: that is told, without a word of what it was about (D-10).</summary>
    public void Write(IncidentRaised raised)
    {
        if (cases.Case is not { } record) return;
        Append("Rutinen har stannat", null, LabelOf(raised.Incident), rule: null, activity: raised.Incident.ActivityId);
        TellOperators(record, "Rutinen har stannat");
    }

    public void Write(RoutineNotStarted parked)
    {
        if (cases.Case is not { } record) return;
        Append("Rutinen har inte startat", null, parked.DefinitionId, rule: null);
        TellOperators(record, "Rutinen har inte startat");
    }

    private void TellOperators(CaseRecord record, string what) => Write(new NoticeQueued
    {
        ToOperators = true, Roles = IncidentOperators.Of(cases.Reference, record.ResponsibleUnitId), UnitId = record.ResponsibleUnitId, CaseId = record.Id,
        Subject = "Fel i en rutin", Text = what + (record.IsProtected ? ": {ärendenummer}. /fel-i-rutiner" : ": {ärendenummer}, {ärendetyp}, {enhet}. /fel-i-rutiner")
    });

    public void WriteWithdrawals()
    {
        if (_withdrawn.Count == 0) return;
        TaskSql.Withdraw(batch, scope.InstanceId, _withdrawn, scope.Now, HistoryWriter.ActorJson(cases.Actor, _completed?.Role, _completed?.RoleUnit, _completed?.Capacity), Source);
    }

    /// <summary>What the run has swept, or been told of others' sweeps and of people's absences, it may tell later as well.</summary>
    public void WriteSweeps()
    {
        if (cases.Swept.Count == 0 || scope.Trial) return;
        batch.Add("INSERT INTO instance_sweep (instance_id, units) SELECT $1, u FROM unnest($2::text[]) u ON CONFLICT DO NOTHING",
            scope.InstanceId, Sql.Value(cases.Swept.Select(units => string.Join('\n', units)).Distinct()));
    }

    /// <summary>A trial knows no case but its own.</summary>
    private Guid? Own(Guid? caseId) => scope.Trial && caseId != cases.Case?.Id ? null : caseId;

    private string LabelOf(Incident incident) =>
        scope.Result.Journal.LastOrDefault(j => j.ActivityInstanceId == incident.ActivityInstanceId)?.ActivityLabel ?? incident.ActivityId;

    private string Source => cases.Actor.Kind switch
    {
        ActorKind.Timer => HistorySource.Timer,
        ActorKind.System => HistorySource.System,
        _ => HistorySource.Api
    };

    private bool Gone(TaskCreated task) => _created.Contains(task.BookmarkId)
        && scope.Result.Effects.OfType<BookmarkBurned>().Any(b => b.Bookmark.Id == task.BookmarkId);

    private void Append(string name, string? before, string? after, string? rule, string? reason = null, string? task = null, Guid? taskId = null,
        string? activity = null, Guid? messageId = null, string? unit = null, Guid? ofCase = null, bool computed = false)
    {
        var entry = new HistoryEntry
        {
            Computed = computed || (cases.WaysSpell && activity is not null),
            Event = name,
            Actor = cases.Actor,
            At = scope.Now,
            Region = cases.Case?.Region ?? cases.Reference.RegionOf(unit) ?? scope.Region,
            Unit = cases.Case?.UnitId ?? unit,
            CaseId = cases.Case?.Id ?? ofCase,
            TaskId = taskId,
            Role = _completed?.Role,
            RoleUnit = _completed?.RoleUnit,
            Capacity = _completed?.Capacity,
            Task = task,
            Activity = activity,
            Before = before,
            After = after,
            Reason = reason,
            Rule = rule,
            Source = Source,
            Trial = scope.Trial,
            MessageId = messageId
        };
        if (cases.Case is null && ofCase is not null) HistoryWriter.AppendAbout(batch, entry);
        else HistoryWriter.Append(batch, entry);
    }
}
