using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>The case row in hand-written SQL: read and locked at the start of a burst, written at its end.</summary>
internal static class CaseSql
{
    public const string Columns = """
        c.id, c.case_number, c.region, c.unit, c.responsible_unit, c.case_type, c.alias, c.subtype, c.channel, c.external_id,
        c.arrived_at, c.registered_at, c.status, c.close_mode, c.flags, c.priority, c.priority_scale, c.team, c.owner_person, c.owner_role,
        c.owner_unit, c.clock_kind, c.clock_state, c.clock_due, c.clock_warn_at, c.clock_met_at, c.first_response_at, c.breached_at,
        c.started_at, c.closed_at, c.closed_by, c.closed_by_role, c.routine_document, c.routine_version, c.routine_validity, c.trial, c.revision,
        k.patient, k.sender, k.subject, k.body, k.fields
        """;

    public const string From = "FROM cases c LEFT JOIN case_content k ON k.case_id = c.id";

    public static CaseRecord Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetGuid(0),
        CaseNumber = r.GetString(1),
        Region = r.GetString(2),
        UnitId = r.GetString(3),
        ResponsibleUnitId = r.GetString(4),
        CaseType = r.GetString(5),
        Alias = r.Text(6),
        Subtype = r.Text(7),
        Channel = r.GetString(8),
        ExternalId = r.Text(9),
        ArrivedAt = r.Instant(10)!.Value,
        RegisteredAt = r.Instant(11)!.Value,
        Status = r.GetString(12),
        CloseMode = r.Text(13),
        Flags = new SortedSet<string>(r.GetFieldValue<string[]>(14), StringComparer.Ordinal),
        Priority = r.Int(15),
        PriorityScale = r.Text(16),
        Team = r.Int(17),
        OwnerPerson = r.Text(18),
        OwnerRole = r.Text(19),
        OwnerUnit = r.Text(20),
        Clock = new CaseClock { Kind = r.Text(21), State = r.GetString(22), Due = r.Instant(23), WarnAt = r.Instant(24), MetAt = r.Instant(25) },
        FirstResponseAt = r.Instant(26),
        BreachedAt = r.Instant(27),
        StartedAt = r.Instant(28),
        ClosedAt = r.Instant(29),
        ClosedBy = r.Text(30),
        ClosedByRole = r.Text(31),
        Routine = r.Text(34) is { } validity ? new CaseRoutine(r.Text(32), r.Text(33), validity) : null,
        Trial = r.GetBoolean(35),
        Revision = r.GetInt32(36),
        Patient = r.Json<CasePatient>(37),
        Sender = r.Json<CaseSender>(38),
        Subject = r.Text(39),
        Text = r.Text(40),
        Fields = r.Json<JsonObject>(41) ?? []
    };

    public static void Insert(NpgsqlBatch batch, CaseRecord c, DateTimeOffset now)
    {
        batch.Add("""
            INSERT INTO cases (id, case_number, region, unit, responsible_unit, case_type, alias, subtype, channel, external_id, arrived_at,
                registered_at, status, close_mode, flags, priority, priority_scale, team, owner_person, owner_role, owner_unit,
                clock_kind, clock_state, clock_due, clock_warn_at, clock_met_at, first_response_at, breached_at, started_at, closed_at,
                closed_by, closed_by_role, routine_document, routine_version, routine_validity, trial, changed_at, intake_digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
                $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38)
            """,
            [c.Id, c.CaseNumber, c.Region, c.UnitId, c.ResponsibleUnitId, c.CaseType, Sql.Value(c.Alias), Sql.Value(c.Subtype), c.Channel,
            Sql.Value(c.ExternalId), c.ArrivedAt, c.RegisteredAt, .. Mutable(c),
            Sql.Value(c.Routine?.DocumentId), Sql.Value(c.Routine?.Version), Sql.Value(c.Routine?.Validity), c.Trial, now, Sql.Value(c.IntakeDigest)]);
        batch.Add("INSERT INTO case_content (case_id, patient, sender, subject, body, fields) VALUES ($1, $2, $3, $4, $5, $6)",
            c.Id, Sql.Json(c.Patient), Sql.Json(c.Sender), Sql.Value(c.Subject), Sql.Value(c.Text), Sql.Json(c.Fields));
    }

    public static void Update(NpgsqlBatch batch, CaseRecord c, DateTimeOffset now, bool contentChanged)
    {
        batch.Add("""
            UPDATE cases SET status = $2, close_mode = $3, flags = $4, priority = $5, priority_scale = $6, team = $7, owner_person = $8,
                owner_role = $9, owner_unit = $10, clock_kind = $11, clock_state = $12, clock_due = $13, clock_warn_at = $14, clock_met_at = $15,
                first_response_at = $16, breached_at = $17, started_at = $18, closed_at = $19, closed_by = $20, closed_by_role = $21,
                unit = $22, responsible_unit = $23, case_type = $24, subtype = $25, routine_document = $26, routine_version = $27,
                routine_validity = $28, revision = revision + 1, changed_at = $29
            WHERE id = $1
            """,
            [c.Id, .. Mutable(c), c.UnitId, c.ResponsibleUnitId, c.CaseType, Sql.Value(c.Subtype),
            Sql.Value(c.Routine?.DocumentId), Sql.Value(c.Routine?.Version), Sql.Value(c.Routine?.Validity), now]);
        if (contentChanged)
            batch.Add("UPDATE case_content SET patient = $2, fields = $3 WHERE case_id = $1", c.Id, Sql.Json(c.Patient), Sql.Json(c.Fields));
    }

    private static object[] Mutable(CaseRecord c) =>
    [
        c.Status, Sql.Value(c.CloseMode), Sql.Value(c.Flags), Sql.Value(c.Priority), Sql.Value(c.PriorityScale), Sql.Value(c.Team),
        Sql.Value(c.OwnerPerson), Sql.Value(c.OwnerRole), Sql.Value(c.OwnerUnit), Sql.Value(c.Clock.Kind), c.Clock.State,
        Sql.Value(c.Clock.Due), Sql.Value(c.Clock.WarnAt), Sql.Value(c.Clock.MetAt), Sql.Value(c.FirstResponseAt), Sql.Value(c.BreachedAt),
        Sql.Value(c.StartedAt), Sql.Value(c.ClosedAt), Sql.Value(c.ClosedBy), Sql.Value(c.ClosedByRole)
    ];
}
