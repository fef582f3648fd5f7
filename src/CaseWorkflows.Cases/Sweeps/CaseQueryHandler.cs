using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Sweeps;

/// <summary>
/// Answers the queries of sweeps inside the burst's transaction: open cases, oldest first, each with the reasons why it is listed, and closed ones
/// where the resident has lately written all the same: no task would tell of that. A region's
/// routine finds that region's; a trial finds its own made-up case at most.
/// </summary>
internal sealed class CaseQueryHandler(ReferenceStore reference) : IQueryHandler
{
    /// <summary>Days for which a reply in a closed case is listed.</summary>
    private const int DaysAfterReply = 7;

    public bool Handles(object query) => query is CaseQuery;

    public async Task<object?> RunAsync(object query, NpgsqlConnection connection, NpgsqlTransaction transaction, BurstScope scope, CancellationToken ct)
    {
        var asked = (CaseQuery)query;
        var view = scope.Find<ReferenceView>() ?? (await reference.FreshAsync(connection, ct)).At(scope.Now);
        await using var command = new NpgsqlCommand($"""
            SELECT {CaseSql.Columns},
                (SELECT max(m.sent_at) FROM message m WHERE m.case_id = c.id AND m.direction = 'Ut' AND m.kind = 'Delsvar')
            {CaseSql.From}
            WHERE (c.closed_at IS NULL OR (c.closed_at IS NOT NULL AND '{CaseFlag.NewReply}' = ANY (c.flags) AND EXISTS (
                    SELECT 1 FROM message n WHERE n.case_id = c.id AND n.direction = 'In' AND n.sent_at > c.closed_at AND n.sent_at > $7)))
                AND CASE WHEN $4 THEN c.trial AND c.id = $5 ELSE NOT c.trial END
                AND ($6::text IS NULL OR c.region = $6)
                AND ($1::text IS NULL OR c.unit = $1 OR c.responsible_unit = $1)
                AND ($2::text IS NULL OR c.owner_person = $2 OR EXISTS (
                    SELECT 1 FROM task t WHERE t.case_id = c.id AND t.state IN ('Öppen', 'Tagen') AND (t.assignee = $2 OR (t.assignee IS NULL AND $2 = ANY (t.candidate_persons)))))
                AND ($3::text[] IS NULL OR c.case_type = ANY ($3))
            ORDER BY c.arrived_at, c.id
            """, connection, transaction).With(
                Sql.Value(asked.UnitId), Sql.Value(asked.Person),
                new NpgsqlParameter { Value = asked.CaseTypes is { } types ? types.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text },
                new NpgsqlParameter { Value = scope.Trial }, Sql.Value(scope.CaseId), Sql.Value(scope.Find<CaseScope>()?.Region),
                new NpgsqlParameter { Value = scope.Now.AddDays(-DaysAfterReply).ToUniversalTime() });
        var rows = new List<CaseQueryRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var record = CaseSql.Read(reader);
            var narrowed = record.IsProtected && ProtectedIdentity.Narrows(view, record.UnitId);
            var reasons = Reasons(asked, record, narrowed ? "Öppet" : record.Status, reader.Instant(42), view, scope.Now).Distinct().ToList();
            if (reasons.Count == 0) continue;
            rows.Add(new CaseQueryRow(record.Id, record.CaseNumber,
                view.CaseTypes.TryGetValue(record.CaseType, out var type) ? type.Name : record.CaseType, record.Status,
                record.OwnerPerson, record.OwnerRole, record.Clock.Due, record.ArrivedAt, [.. record.Flags], reasons,
                narrowed, asked.TellsUnits ? record.UnitId : null));
        }

        return rows;
    }

    /// <param name="status">As it may be told to whoever reviews.</param>
    private static IEnumerable<string> Reasons(CaseQuery asked, CaseRecord c, string status, DateTimeOffset? partialReplyAt, ReferenceView view, DateTimeOffset now)
    {
        if (c.ClosedAt is not null)
        {
            if (asked.Kinds.Contains(SweepKind.NewReply) || asked.Kinds.Contains(SweepKind.AllOpen)) yield return $"{CaseFlag.NewReply} efter avslut";
            yield break;
        }

        foreach (var kind in asked.Kinds)
        {
            switch (kind)
            {
                case SweepKind.NotStarted when c.StartedAt is null: yield return $"{status}, ej påbörjat"; break;
                case SweepKind.DistributedNotStarted when c.Status == CaseStatus.Distributed && c.StartedAt is null: yield return "Fördelat ej påbörjat"; break;
                case SweepKind.Flagged when c.Flags.Contains(CaseFlag.Overdue): yield return CaseFlag.Overdue; break;
                case SweepKind.DueToday when IsDueToday(c, now): yield return CaseFlag.DueToday; break;
                case SweepKind.NewReply when c.Flags.Contains(CaseFlag.NewReply): yield return CaseFlag.NewReply; break;
                case SweepKind.OldPartialReply when c.Status == CaseStatus.PartialReply && IsOld(asked, c, partialReplyAt, view, now): yield return "Delsvar skickat, väntar på slutsvar"; break;
                case SweepKind.AllOpen: yield return status; break;
            }
        }

        if (asked.Kinds.Count == 0) yield return status;
    }

    private static bool IsDueToday(CaseRecord c, DateTimeOffset now) =>
        c.Clock is { Due: { } due, State: CaseClock.Running or CaseClock.Warned } && SwedishTime.LocalDate(due) == SwedishTime.LocalDate(now);

    private static bool IsOld(CaseQuery asked, CaseRecord c, DateTimeOffset? sentAt, ReferenceView view, DateTimeOffset now) =>
        sentAt is { } at && view.CalendarOf(c.Region).Count(SwedishTime.LocalDate(at).AddDays(1), SwedishTime.LocalDate(now)) > asked.OlderThanWorkingDays;
}
