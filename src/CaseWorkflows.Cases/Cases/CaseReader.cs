using System.Globalization;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Database.Entities;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.State;
using CaseWorkflows.Runtime;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Cases as the actor may see them; the restriction is in the WHERE, and every look at a single case is logged.</summary>
public sealed class CaseReader
{
    private readonly NpgsqlDataSource _database;
    private readonly IDbContextFactory<CaseDbContext> _contexts;
    private readonly CaseStore _store;
    private readonly ReadLog _readLog;
    private readonly StepReader _steps;

    internal CaseReader(NpgsqlDataSource database, IDbContextFactory<CaseDbContext> contexts, CaseStore store, ReadLog readLog, StepReader steps)
    {
        _steps = steps;
        _database = database;
        _contexts = contexts;
        _store = store;
        _readLog = readLog;
    }

    /// <exception cref="NotFoundException">No such case, or in a region without a role of the actor's.</exception>
    /// <exception cref="ForbiddenException">Inside the region, but not the actor's to see.</exception>
    public async Task<CaseDetail> GetAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var record = await DemandAsync(context, idOrNumber, "Visa ärende", ct);
        await _readLog.AddAsync(context, record.Id, record.Region, "Ärende", ct);
        return await DetailAsync(context, record, ct);
    }

    /// <summary>The case if the actor may see it, else 404 or 403.</summary>
    public async Task<CaseRecord> DemandAsync(CommandContext context, string idOrNumber, string what, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var asked = Guid.TryParse(idOrNumber, out var id) ? db.Cases.Where(c => c.Id == id) : db.Cases.Where(c => c.CaseNumber == idOrNumber);
        var visible = db.Cases.Where(CaseAccess.Visible(context));
        var found = await asked.Where(CaseAccess.InRegion(context.Actor)).Select(c => new { c.Id, c.Unit, Visible = visible.Any(v => v.Id == c.Id) }).FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException();
        return found.Visible
            ? await _store.GetAsync(found.Id, ct)
            : throw new ForbiddenException(what, found.Id, unit: found.Unit);
    }

    public async Task<CasePage> ListAsync(CommandContext context, CaseQueryFilter filter, CancellationToken ct)
    {
        var limit = Math.Clamp(filter.Limit, 1, 200);
        var offset = int.TryParse(filter.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        await using var db = await _contexts.CreateDbContextAsync(ct);
        // Open cases: late ones first, then the oldest; closed ones follow, newest first.
        var rows = await Filtered(context, filter, db.Cases.Where(c => !c.Trial).Where(CaseAccess.InRegion(context.Actor)).Where(CaseAccess.Visible(context)))
            .OrderBy(c => c.ClosedAt != null).ThenByDescending(c => c.ClosedAt == null && c.Flags.Contains(CaseFlag.Overdue))
            .ThenByDescending(c => c.ClosedAt).ThenBy(c => c.ArrivedAt).ThenBy(c => c.Id)
            .Skip(offset).Take(limit + 1).Include(c => c.Content).ToListAsync(ct);
        return new CasePage([.. rows.Take(limit).Select(c => Item(context, c))], rows.Count > limit ? (offset + limit).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static IQueryable<CaseEntity> Filtered(CommandContext context, CaseQueryFilter filter, IQueryable<CaseEntity> cases)
    {
        var reference = context.Reference;
        if (filter.Unit is not null)
        {
            var unit = (reference.FindUnit(filter.Unit) ?? throw new ValidationFailedException("unit", "Enheten finns inte.")).Id;
            cases = cases.Where(c => c.Unit == unit || c.ResponsibleUnit == unit);
        }

        if (filter.Status is { } status) cases = cases.Where(c => c.Status == status);
        if (filter.Flag is { } flag) cases = cases.Where(c => c.Flags.Contains(flag));
        if (filter.CaseType is not null)
        {
            var type = reference.FindCaseType(filter.CaseType)?.Code ?? filter.CaseType;
            cases = cases.Where(c => c.CaseType == type);
        }

        if (filter.Owner is not null)
        {
            var owner = reference.FindPerson(filter.Owner)?.Id ?? filter.Owner;
            cases = cases.Where(c => c.OwnerPerson == owner);
        }

        if (filter.From is { } from)
        {
            var start = SwedishTime.StartOfDay(from);
            cases = cases.Where(c => c.ArrivedAt >= start);
        }

        if (filter.To is { } to)
        {
            var end = SwedishTime.StartOfDay(to.AddDays(1));
            cases = cases.Where(c => c.ArrivedAt < end);
        }

        if (filter.Open is { } open) cases = open ? cases.Where(c => c.ClosedAt == null) : cases.Where(c => c.ClosedAt != null);
        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            var words = SearchPattern.Contains(filter.Q);
            cases = cases.Where(c => EF.Functions.Like(c.CaseNumber.ToLower(), words, SearchPattern.Escape) || EF.Functions.Like(c.Content!.Search, words, SearchPattern.Escape));
        }

        return cases;
    }

    /// <summary>The case with names, its instances, tasks, links and files. The caller has checked that the actor may see it.</summary>
    public async Task<CaseDetail> DetailAsync(CommandContext context, CaseRecord record, CancellationToken ct) => await DetailAsync(context, record.Id, record, ct);

    /// <summary>The case after a command, whoever may see it now.</summary>
    /// <exception cref="NotFoundException">No such case.</exception>
    public async Task<CaseDetail> AfterAsync(CommandContext context, Guid id, CancellationToken ct) => await DetailAsync(context, id, null, ct);

    private async Task<CaseDetail> DetailAsync(CommandContext context, Guid id, CaseRecord? known, CancellationToken ct)
    {
        var reference = context.Reference;
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        if (known is null) batch.Add($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.id = $1", id);
        batch.Add("SELECT id, definition_id, version, status FROM instance WHERE case_id = $1 ORDER BY created_at, id", id);
        batch.Add("SELECT id, title, state, coalesce(completed_by, assignee) FROM task WHERE case_id = $1 AND NOT trial ORDER BY created_at, id", id);
        batch.Add("SELECT l.other_case_id, o.case_number, l.kind FROM case_link l JOIN cases o ON o.id = l.other_case_id WHERE l.case_id = $1 ORDER BY l.at", id);
        batch.Add("SELECT id, name, content_type, size, at FROM attachment WHERE case_id = $1 ORDER BY at, id", id);
        batch.Add($"""
            SELECT x.id, x.at, i.version_id, x.node_id, x.queue_id IS NULL FROM instance i JOIN incident x ON x.instance_id = i.id LEFT JOIN queue q ON q.id = x.queue_id
            WHERE i.case_id = $1 AND {IncidentRow.Open} ORDER BY x.at, x.id
            """, id);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var record = known;
        if (record is null)
        {
            record = await reader.ReadAsync(ct) ? CaseSql.Read(reader) : throw new NotFoundException();
            await reader.NextResultAsync(ct);
        }

        var instances = await ReadAllAsync(r => new CaseInstance(r.GetGuid(0), r.GetString(1), r.GetInt32(2), ((WorkflowStatus)r.GetInt16(3)).ToString()));
        await reader.NextResultAsync(ct);
        var tasks = await ReadAllAsync(r => new CaseTaskSummary(r.GetGuid(0), r.GetString(1), r.GetString(2), reference.FindPerson(r.Text(3))?.ShortName ?? r.Text(3)));
        await reader.NextResultAsync(ct);
        var links = await ReadAllAsync(r => new LinkedCase(r.GetGuid(0), r.GetString(1), r.GetString(2)));
        await reader.NextResultAsync(ct);
        var files = await ReadAllAsync(r => new CaseAttachment(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.Instant(4)!.Value));
        await reader.NextResultAsync(ct);
        var stops = await ReadAllAsync(r => (Id: r.GetGuid(0), At: r.Instant(1)!.Value, VersionId: r.GetString(2), NodeId: r.Text(3), IsStep: r.GetBoolean(4)));
        await reader.CloseAsync();
        await connection.CloseAsync();
        var stopped = new List<StoppedRoutine>();
        foreach (var stop in stops)
        {
            var step = await _steps.FindAsync(stop.VersionId, stop.NodeId, ct);
            stopped.Add(new StoppedRoutine(stop.Id, step?.Routine, step?.Name, stop.At, stop.IsStep));
        }

        var text = SeesText(context.Actor, record);

        return new CaseDetail
        {
            Id = record.Id, CaseNumber = record.CaseNumber, Unit = reference.UnitName(record.UnitId), ResponsibleUnit = reference.UnitName(record.ResponsibleUnitId),
            CaseType = TypeName(reference, record.CaseType), CaseTypeCode = record.CaseType, Alias = record.Alias, Channel = record.Channel, ExternalId = record.ExternalId,
            Status = record.Status, CloseMode = record.CloseMode, Flags = [.. record.Flags], Priority = record.Priority, Team = record.Team,
            ArrivedAt = record.ArrivedAt, RegisteredAt = record.RegisteredAt, StartedAt = record.StartedAt, ClosedAt = record.ClosedAt,
            ClosedBy = reference.FindPerson(record.ClosedBy)?.ShortName ?? record.ClosedBy,
            ClosedByRole = record.ClosedByRole is null ? null : reference.RoleLabel(record.ClosedByRole),
            Owner = Owner(reference, record.OwnerPerson, record.OwnerRole, record.OwnerUnit), Clock = record.Clock, FirstResponseAt = record.FirstResponseAt, BreachedAt = record.BreachedAt,
            Patient = text ? record.Patient : null, Sender = text ? record.Sender : null, Subject = text ? record.Subject : null, Text = text ? record.Text : null,
            Fields = text ? record.Fields : [], Routine = record.Routine,
            RoutingNote = reference.Routing.Select(t => reference.Route(new RoutingQuery(t.Key, record.UnitId, record.CaseType))?.Note).FirstOrDefault(n => n is not null),
            WorkflowInstances = instances, Stopped = stopped, Tasks = tasks, LinkedCases = links, Attachments = text ? files : [], Revision = record.Revision
        };

        async Task<List<T>> ReadAllAsync<T>(Func<NpgsqlDataReader, T> read)
        {
            var all = new List<T>();
            while (await reader.ReadAsync(ct)) all.Add(read(reader));
            return all;
        }
    }

    /// <summary>An auditor sees what happened, not what patients wrote (MODEL 4).</summary>
    public static bool SeesText(Actor actor, CaseRecord record) => CaseAccess.SeesText(actor, record.UnitId, record.ResponsibleUnitId);

    private static CaseListItem Item(CommandContext context, CaseEntity c) => new()
    {
        Id = c.Id, CaseNumber = c.CaseNumber, Unit = context.Reference.UnitName(c.Unit), CaseType = TypeName(context.Reference, c.CaseType), Status = c.Status,
        Flags = c.Flags, Priority = c.Priority, Team = c.Team, ArrivedAt = c.ArrivedAt, ClosedAt = c.ClosedAt,
        Owner = Owner(context.Reference, c.OwnerPerson, c.OwnerRole, c.OwnerUnit), Clock = c.Clock(),
        Subject = CaseAccess.SeesText(context.Actor, c.Unit, c.ResponsibleUnit) ? c.Content?.Subject : null
    };

    private static CaseOwner Owner(ReferenceView reference, string? person, string? role, string? unit) => new(
        reference.FindPerson(person)?.ShortName ?? person, role is null ? null : reference.RoleLabel(role), unit is null ? null : reference.UnitName(unit));

    private static string TypeName(ReferenceView reference, string code) => reference.CaseTypes.TryGetValue(code, out var type) ? type.Name : code;
}
