using System.Globalization;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.State;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Cases as the actor may see them; the restriction is in the WHERE, and every look at a single case is logged.</summary>
public sealed class CaseReader(NpgsqlDataSource database, ReadLog readLog)
{
    /// <exception cref="NotFoundException">No such case, or in a region without a role of the actor's.</exception>
    /// <exception cref="ForbiddenException">Inside the region, but not the actor's to see.</exception>
    public async Task<CaseDetail> GetAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var record = await DemandAsync(context, idOrNumber, "Visa ärende", ct);
        await readLog.AddAsync(context, record.Id, record.Region, "Ärende", ct);
        return await DetailAsync(context, record, ct);
    }

    /// <summary>The case if the actor may see it, else 404 or 403.</summary>
    public async Task<CaseRecord> DemandAsync(CommandContext context, string idOrNumber, string what, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            SELECT {CaseSql.Columns}, {CaseAccess.InRegion}, {CaseAccess.Visible} {CaseSql.From}
            WHERE {(Guid.TryParse(idOrNumber, out var id) ? "c.id = $7::uuid" : "c.case_number = $7")}
            """).WithActor(context.Actor).With(idOrNumber);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || !reader.GetBoolean(42)) throw new NotFoundException();
        var record = CaseSql.Read(reader);
        return reader.GetBoolean(43) ? record : throw new ForbiddenException(what, record.Id, unit: record.UnitId);
    }

    public async Task<CasePage> ListAsync(CommandContext context, CaseQueryFilter filter, CancellationToken ct)
    {
        var limit = Math.Clamp(filter.Limit, 1, 200);
        var offset = int.TryParse(filter.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        await using var command = new NpgsqlCommand().WithActor(context.Actor);
        var where = $"NOT c.trial AND {CaseAccess.InRegion} AND {CaseAccess.Visible}";
        if (filter.Unit is not null)
        {
            var unit = context.Reference.FindUnit(filter.Unit) ?? throw new ValidationFailedException("unit", "Enheten finns inte.");
            Add("(c.unit = {0} OR c.responsible_unit = {0})", Sql.Value(unit.Id));
        }

        if (filter.Status is not null) Add("c.status = {0}", Sql.Value(filter.Status));
        if (filter.Flag is not null) Add("{0} = ANY (c.flags)", Sql.Value(filter.Flag));
        if (filter.CaseType is not null) Add("c.case_type = {0}", Sql.Value(context.Reference.FindCaseType(filter.CaseType)?.Code ?? filter.CaseType));
        if (filter.Owner is not null) Add("c.owner_person = {0}", Sql.Value(context.Reference.FindPerson(filter.Owner)?.Id ?? filter.Owner));
        if (filter.From is { } from) Add("c.arrived_at >= {0}", Sql.Value(SwedishTime.StartOfDay(from)));
        if (filter.To is { } to) Add("c.arrived_at < {0}", Sql.Value(SwedishTime.StartOfDay(to.AddDays(1))));
        if (filter.Open is { } open) where += open ? " AND c.closed_at IS NULL" : " AND c.closed_at IS NOT NULL";
        if (!string.IsNullOrWhiteSpace(filter.Q))
            Add("(lower(c.case_number) LIKE {0} OR k.search LIKE {0})", Sql.Value($"%{filter.Q.Trim().ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%"));

        await using var connection = await database.OpenConnectionAsync(ct);
        command.Connection = connection;
        // Open cases: late ones first, then the oldest; closed ones follow, newest first.
        command.CommandText = $"""
            SELECT {CaseSql.Columns} {CaseSql.From} WHERE {where}
            ORDER BY c.closed_at IS NOT NULL, ('Flaggat – svarstid överskriden' = ANY (c.flags) AND c.closed_at IS NULL) DESC, c.closed_at DESC, c.arrived_at, c.id
            LIMIT {limit + 1} OFFSET {offset}
            """;
        var items = new List<CaseListItem>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) items.Add(Item(context, CaseSql.Read(reader)));
        return new CasePage([.. items.Take(limit)], items.Count > limit ? (offset + limit).ToString(CultureInfo.InvariantCulture) : null);

        void Add(string condition, NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            where += " AND " + string.Format(CultureInfo.InvariantCulture, condition, $"${command.Parameters.Count}");
        }
    }

    /// <summary>The case with names, its instances, tasks, links and files. The caller has checked that the actor may see it.</summary>
    public async Task<CaseDetail> DetailAsync(CommandContext context, CaseRecord record, CancellationToken ct)
    {
        var reference = context.Reference;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("SELECT id, definition_id, version, status FROM instance WHERE case_id = $1 ORDER BY created_at, id", record.Id);
        batch.Add("SELECT id, title, state, coalesce(completed_by, assignee) FROM task WHERE case_id = $1 AND NOT trial ORDER BY created_at, id", record.Id);
        batch.Add("SELECT l.other_case_id, o.case_number, l.kind FROM case_link l JOIN cases o ON o.id = l.other_case_id WHERE l.case_id = $1 ORDER BY l.at", record.Id);
        batch.Add("SELECT id, name, content_type, size, at FROM attachment WHERE case_id = $1 ORDER BY at, id", record.Id);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var instances = await ReadAllAsync(r => new CaseInstance(r.GetGuid(0), r.GetString(1), r.GetInt32(2), ((WorkflowStatus)r.GetInt16(3)).ToString()));
        await reader.NextResultAsync(ct);
        var tasks = await ReadAllAsync(r => new CaseTaskSummary(r.GetGuid(0), r.GetString(1), r.GetString(2), reference.FindPerson(r.Text(3))?.ShortName ?? r.Text(3)));
        await reader.NextResultAsync(ct);
        var links = await ReadAllAsync(r => new LinkedCase(r.GetGuid(0), r.GetString(1), r.GetString(2)));
        await reader.NextResultAsync(ct);
        var files = await ReadAllAsync(r => new CaseAttachment(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.Instant(4)!.Value));
        var text = CaseAccess.SeesText(context.Actor, record);

        return new CaseDetail
        {
            Id = record.Id, CaseNumber = record.CaseNumber, Unit = reference.UnitName(record.UnitId), ResponsibleUnit = reference.UnitName(record.ResponsibleUnitId),
            CaseType = TypeName(reference, record.CaseType), CaseTypeCode = record.CaseType, Alias = record.Alias, Channel = record.Channel, ExternalId = record.ExternalId,
            Status = record.Status, CloseMode = record.CloseMode, Flags = [.. record.Flags], Priority = record.Priority, Team = record.Team,
            ArrivedAt = record.ArrivedAt, RegisteredAt = record.RegisteredAt, StartedAt = record.StartedAt, ClosedAt = record.ClosedAt,
            ClosedBy = reference.FindPerson(record.ClosedBy)?.ShortName ?? record.ClosedBy,
            ClosedByRole = record.ClosedByRole is null ? null : reference.RoleLabel(record.ClosedByRole),
            Owner = Owner(reference, record), Clock = record.Clock, FirstResponseAt = record.FirstResponseAt, BreachedAt = record.BreachedAt,
            Patient = text ? record.Patient : null, Sender = text ? record.Sender : null, Subject = text ? record.Subject : null, Text = text ? record.Text : null,
            Fields = text ? record.Fields : [], Routine = record.Routine,
            RoutingNote = reference.Routing.Select(t => reference.Route(new RoutingQuery(t.Key, record.UnitId, record.CaseType))?.Note).FirstOrDefault(n => n is not null),
            WorkflowInstances = instances, Tasks = tasks, LinkedCases = links, Attachments = text ? files : [], Revision = record.Revision
        };

        async Task<List<T>> ReadAllAsync<T>(Func<NpgsqlDataReader, T> read)
        {
            var all = new List<T>();
            while (await reader.ReadAsync(ct)) all.Add(read(reader));
            return all;
        }
    }

    /// <summary>An auditor sees what happened, not what patients wrote (MODEL 4).</summary>
    public static bool SeesText(Actor actor, CaseRecord record) => CaseAccess.SeesText(actor, record);

    private static CaseListItem Item(CommandContext context, CaseRecord c) => new()
    {
        Id = c.Id, CaseNumber = c.CaseNumber, Unit = context.Reference.UnitName(c.UnitId), CaseType = TypeName(context.Reference, c.CaseType), Status = c.Status,
        Flags = [.. c.Flags], Priority = c.Priority, Team = c.Team, ArrivedAt = c.ArrivedAt, ClosedAt = c.ClosedAt, Owner = Owner(context.Reference, c), Clock = c.Clock,
        Subject = CaseAccess.SeesText(context.Actor, c) ? c.Subject : null
    };

    private static CaseOwner Owner(ReferenceView reference, CaseRecord c) => new(
        reference.FindPerson(c.OwnerPerson)?.ShortName ?? c.OwnerPerson, c.OwnerRole is null ? null : reference.RoleLabel(c.OwnerRole),
        c.OwnerUnit is null ? null : reference.UnitName(c.OwnerUnit));

    private static string TypeName(ReferenceView reference, string code) => reference.CaseTypes.TryGetValue(code, out var type) ? type.Name : code;
}
