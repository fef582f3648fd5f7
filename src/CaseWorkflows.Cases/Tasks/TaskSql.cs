using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Effects;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>The task tables in hand-written SQL.</summary>
internal static class TaskSql
{
    public static void Insert(NpgsqlBatch batch, TaskCreated t, BurstScope scope, CaseRecord? record, string? person)
    {
        batch.Add("""
            INSERT INTO task (id, instance_id, bookmark_id, activity_id, definition_id, definition_version, case_id, region, unit, title,
                instructions, state, assignee, claimed_at, candidate_persons, priority, due, warn_at, form, outcomes, rules, open_status,
                takeover_by_team, waiting_for, write_back, badge, print, trial, created_at, title_computed, starter, counts_as)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $31,
                CASE WHEN $28 THEN coalesce((SELECT c.starter FROM cases c WHERE c.id = $7), (SELECT o.starter FROM task o WHERE o.instance_id = $2 ORDER BY o.created_at LIMIT 1), $30) END, $32)
            """,
            t.TaskId, scope.InstanceId, t.BookmarkId, t.ActivityId, scope.DefinitionId, scope.DefinitionVersion,
            Sql.Value(t.CaseId ?? record?.Id), record?.Region ?? scope.Region, t.UnitId, t.Title,
            Sql.Value(t.Instructions), t.WaitingFor.Count > 0 ? TaskState.Locked : TaskState.Open, Sql.Value(t.Assignee),
            Sql.Value(t.Assignee is null ? null : scope.Now), Sql.Value(t.CandidatePersons), Sql.Value(t.Priority ?? record?.Priority),
            Sql.Value(t.Due), Sql.Value(t.WarnAt), Sql.Json(Keyed(t.Form)), Sql.Json(t.Outcomes), Sql.Value(t.Rules), Sql.Value(t.OpenStatus),
            t.TakeOverByTeam, Sql.Value(t.WaitingFor), Sql.Json(t.WriteBack), Sql.Value(t.Badge), Sql.Value(t.Print), scope.Trial, scope.Now, Sql.Value(person), t.TitleComputed,
            Sql.Value(t.CountsAs));
        foreach (var candidate in t.Candidates.Distinct())
            batch.Add("INSERT INTO task_candidate (task_id, role, unit) VALUES ($1, $2, $3)", t.TaskId, candidate.Role, candidate.Unit);
    }

    /// <summary>Withdraws what still waits at burned bookmarks, with a history entry for each.</summary>
    public static void Withdraw(NpgsqlBatch batch, Guid instanceId, IEnumerable<string> bookmarks, DateTimeOffset now, JsonObject actor, string source) =>
        batch.Add("""
            WITH w AS (
                UPDATE task SET state = 'Återkallad', revision = revision + 1
                WHERE instance_id = $1 AND bookmark_id = ANY ($2) AND state IN ('Öppen', 'Tagen', 'Låst')
                RETURNING id, case_id, unit, region, title, trial)
            SELECT append_history(CASE WHEN w.case_id IS NULL THEN 'unit:' || w.unit ELSE 'case:' || w.case_id END, $3, w.region, w.unit, w.case_id,
                w.id, w.trial, false, jsonb_build_object('event', 'Uppgift återkallad', 'task', w.title, 'actor', $4::jsonb, 'source', $5::text), NULL)
            FROM w
            """, instanceId, Sql.Value(bookmarks), now, Sql.Json(actor), source);

    /// <summary>Tasks of the instance that waited for this step become available when nothing else is left to wait for.</summary>
    public static void ReleaseWaiting(NpgsqlBatch batch, Guid instanceId, string activityId) =>
        batch.Add("""
            UPDATE task SET waiting_for = array_remove(waiting_for, $2), revision = revision + 1,
                state = CASE WHEN cardinality(array_remove(waiting_for, $2)) = 0 THEN 'Öppen' ELSE state END
            WHERE instance_id = $1 AND state = 'Låst' AND $2 = ANY (waiting_for)
            """, instanceId, activityId);

    private static FormField[] Keyed(IReadOnlyList<FormField> form) =>
        [.. form.Select(f => f with { Key = f.Key.Length > 0 ? f.Key : FieldKey.FromLabel(f.Label), Rows = f.Rows is null ? null : Keyed(f.Rows) })];
}
