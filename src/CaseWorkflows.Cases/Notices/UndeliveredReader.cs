using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Organisation;
using Npgsql;

namespace CaseWorkflows.Cases.Notices;

/// <summary>What did not reach its recipient, for the operators of its unit; the restriction is in the WHERE. The latest first.</summary>
public sealed class UndeliveredReader(NpgsqlDataSource database, RunWays ways, ReadLog readLog)
{
    private const int Most = 200;

    private const string ListSql = """
        SELECT x.id, x.kind, x.channel, x.recipient, x.unit, c.id, c.case_number, x.at, x.delivery_state, x.attempts, x.error, c.unit, c.responsible_unit, coalesce(c.protected, false) FROM (
          (SELECT n.id, 'notice' AS kind, n.channel, n.recipient, n.unit, n.region, n.case_id, n.at, n.delivery_state, n.attempts,
             coalesce(n.error, CASE WHEN n.address IS NULL THEN 'Mottagaren saknar adress eller har inte slagit på aviseringar.' ELSE 'Ingen kanal är inställd.' END) AS error
           FROM notice n WHERE n.delivery_state IN ('Ingen kanal', 'Misslyckat') AND NOT n.trial AND (n.unit = ANY ($1) OR n.region = ANY ($1))
           ORDER BY n.at DESC, n.id DESC LIMIT $2)
          UNION ALL
          (SELECT m.id, 'message', 'invånare', 'Invånaren', k.unit, m.region, m.case_id, m.sent_at, m.delivery_state, m.attempts, coalesce(m.error, 'Ingen kanal är inställd.')
           FROM message m JOIN cases k ON k.id = m.case_id
           WHERE m.direction = 'Ut' AND m.delivery_state IN ('Ingen kanal', 'Misslyckat') AND NOT m.trial AND (k.unit = ANY ($1) OR k.responsible_unit = ANY ($1))
           ORDER BY m.sent_at DESC, m.id DESC LIMIT $2)) x
        LEFT JOIN cases c ON c.id = x.case_id
        ORDER BY x.at DESC, x.id DESC LIMIT $2
        """;

    /// <exception cref="ForbiddenException">The actor is an operator nowhere.</exception>
    public async Task<IReadOnlyList<UndeliveredItem>> ListAsync(CommandContext context, CancellationToken ct)
    {
        if (!context.Actor.MayAnywhere(Permissions.IncidentManage)) throw new ForbiddenException("Visa det som inte har levererats");
        var rows = await ReadAsync(context, ct);
        await readLog.AddListAsync(context, [.. rows.Where(r => r.Item.CaseId is not null).Select(r => (r.Item.CaseId!.Value, r.CaseUnit))], "Det som inte har levererats", ct);
        var closed = new Dictionary<Guid, bool>();
        var items = new List<UndeliveredItem>();
        // To whom, when and how often may spell what somebody wrote: of such a case one row, from its first time, for those who may not read it.
        var bare = new Dictionary<(Guid, string), UndeliveredItem>();
        foreach (var row in rows)
        {
            if (row.Item.CaseId is not { } caseId || !await TellsAsync(caseId, row))
            {
                items.Add(row.Item);
                continue;
            }

            var hidden = row.Item with { Channel = "", To = UndeliveredItem.Hidden, Unit = context.Reference.UnitName(row.CaseUnit!), Attempts = 0, Error = null };
            // The rows come with the latest first: what is kept is the earliest, where it stands.
            if (bare.TryGetValue((caseId, row.Item.Kind), out var later)) items.Remove(later);
            items.Add(bare[(caseId, row.Item.Kind)] = hidden);
        }

        return items;

        async Task<bool> TellsAsync(Guid caseId, UndeliveredRow row)
        {
            if (row.Opens) return false;
            if (!closed.TryGetValue(caseId, out var may)) closed[caseId] = may = row.IsNarrowed || await ways.SpellAsync(null, caseId, ct);
            return may;
        }
    }

    private async Task<IReadOnlyList<UndeliveredRow>> ReadAsync(CommandContext context, CancellationToken ct)
    {
        await using var command = database.CreateCommand(ListSql).With(Sql.Value(IncidentAccess.Places(context.Actor)), Most);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<UndeliveredRow>();
        while (await reader.ReadAsync(ct))
        {
            var item = new UndeliveredItem(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), context.Reference.UnitName(reader.GetString(4)), reader.Uuid(5), reader.Text(6),
                reader.Instant(7)!.Value, reader.GetString(8), reader.GetInt32(9), reader.Text(10));
            var isProtected = reader.GetBoolean(13);
            rows.Add(new UndeliveredRow(
                item, reader.Text(11), IncidentAccess.OpensCase(context, reader.Text(11), reader.Text(12), isProtected),
                isProtected && reader.Text(11) is { } unit && ProtectedIdentity.Narrows(context.Reference, unit)));
        }

        return rows;
    }

    private sealed record UndeliveredRow(UndeliveredItem Item, string? CaseUnit, bool Opens, bool IsNarrowed);
}
