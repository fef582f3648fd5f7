using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Forms;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Reads task rows with their candidates and what lists show of the case.</summary>
internal static class TaskRow
{
    public const string Columns = """
        t.id, t.instance_id, t.bookmark_id, t.activity_id, t.definition_id, t.case_id, t.region, t.unit, t.title, t.instructions, t.state,
        t.assignee, t.opened_at, t.candidate_persons, t.priority, t.due, t.warn_at, t.form, t.outcomes, t.rules, t.open_status,
        t.takeover_by_team, t.write_back, t.badge, t.print, t.draft, t.parked_until, t.trial, t.revision, t.created_at,
        t.completed_by, t.completed_as, t.completed_at, t.outcome,
        (SELECT array_agg(c.held ORDER BY c.held) FROM task_candidate c WHERE c.task_id = t.id),
        k.case_number, k.case_type, k.flags, t.starter, coalesce(k.protected, false), k.unit, k.responsible_unit, k.owner_person,
        (SELECT s.subject FROM case_content s WHERE s.case_id = t.case_id), k.owner_unit, t.draft_at, t.draft_by, t.draft_outcome, k.clock_due, t.title_computed, t.sealed, t.draft_page
        """;

    public const string From = "FROM task t LEFT JOIN cases k ON k.id = t.case_id";

    public static TaskRecord Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0),
        InstanceId = r.GetGuid(1),
        BookmarkId = r.GetString(2),
        ActivityId = r.GetString(3),
        DefinitionId = r.GetString(4),
        CaseId = r.Uuid(5),
        Region = r.GetString(6),
        Unit = r.GetString(7),
        Title = r.GetString(8),
        Instructions = r.Text(9),
        State = r.GetString(10),
        Assignee = r.Text(11),
        OpenedAt = r.Instant(12),
        CandidatePersons = r.GetFieldValue<string[]>(13),
        Priority = r.Int(14),
        Due = r.Instant(15),
        WarnAt = r.Instant(16),
        Form = r.Json<List<FormField>>(17) ?? [],
        Outcomes = r.Json<List<TaskOutcome>>(18) ?? [],
        Rules = r.GetFieldValue<string[]>(19),
        OpenStatus = r.Text(20),
        TakeOverByTeam = r.GetBoolean(21),
        WriteBack = r.Json<Dictionary<string, string>>(22) ?? [],
        Badge = r.Text(23),
        Print = r.Text(24),
        Draft = r.Json<JsonObject>(25),
        ParkedUntil = r.Instant(26),
        Trial = r.GetBoolean(27),
        Revision = r.GetInt32(28),
        CreatedAt = r.Instant(29)!.Value,
        CompletedBy = r.Text(30),
        CompletedAs = r.Text(31),
        CompletedAt = r.Instant(32),
        Outcome = r.Text(33),
        Candidates = r.IsDBNull(34) ? [] : [.. r.GetFieldValue<string[]>(34).Select(OpenTask.Candidate)],
        CaseNumber = r.Text(35),
        CaseType = r.Text(36),
        Flags = r.IsDBNull(37) ? [] : r.GetFieldValue<string[]>(37),
        Starter = r.Text(38),
        Protected = r.GetBoolean(39),
        CaseUnits = r.IsDBNull(40) ? [] : [r.GetString(40), r.GetString(41)],
        CaseOwner = r.Text(42),
        CaseSubject = r.Text(43),
        CaseOwnerUnit = r.Text(44),
        DraftAt = r.Instant(45),
        DraftBy = r.Text(46),
        DraftOutcome = r.Text(47),
        CaseDue = r.Instant(48),
        TitleComputed = r.GetBoolean(49),
        Sealed = r.GetBoolean(50),
        DraftPage = r.Text(51)
    };
}
