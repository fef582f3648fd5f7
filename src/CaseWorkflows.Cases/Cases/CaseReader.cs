using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Database.Entities;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Paging;
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
    private readonly CaseGate _gate;
    private readonly StepReader _steps;
    private readonly RunWays _ways;

    internal CaseReader(NpgsqlDataSource database, IDbContextFactory<CaseDbContext> contexts, CaseGate gate, StepReader steps, RunWays ways)
    {
        _ways = ways;
        _steps = steps;
        _database = database;
        _contexts = contexts;
        _gate = gate;
    }

    /// <exception cref="NotFoundException">No such case, or in a region without a role of the actor's.</exception>
    /// <exception cref="ForbiddenException">Inside the region, but not the actor's to see.</exception>
    public async Task<CaseDetail> GetAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var (record, sight) = await _gate.SeeAsync(context, idOrNumber, "Visa ärende", ct);
        return await DetailAsync(context, record.Id, (record, sight), ct);
    }

    /// <summary>The first case of a registration that is repeated; an integration that delivered it gets it, if only without its text.</summary>
    /// <exception cref="ForbiddenException">Another's.</exception>
    public async Task<CaseDetail> RepeatedAsync(CommandContext context, Guid id, CancellationToken ct)
    {
        var (record, sight, delivers) = await _gate.FindAsync(context, id.ToString(), ct);
        if (sight == Sight.None && !(delivers && context.Actor.Kind == ActorKind.Integration)) throw new ForbiddenException("Registrera ärende", id, unit: record.UnitId);
        return await DetailAsync(context, record.Id, (record, sight), ct);
    }

    /// <summary>The case that the actor has just registered: what came in goes back.</summary>
    public Task<CaseDetail> RegisteredAsync(CommandContext context, Guid id, CancellationToken ct) => DetailAsync(context, id, null, ct, Sight.WithText);

    /// <summary>The case after a command. Whoever does not see it any more gets it without what was written.</summary>
    /// <exception cref="NotFoundException">No such case.</exception>
    public Task<CaseDetail> AfterAsync(CommandContext context, Guid id, CancellationToken ct) => DetailAsync(context, id, null, ct);

    /// <exception cref="ForbiddenException">An integration: it knows the cases that it has brought, one by one.</exception>
    public async Task<CasePage> ListAsync(CommandContext context, CaseQueryFilter filter, CancellationToken ct)
    {
        if (context.Actor.Kind == ActorKind.Integration) throw new ForbiddenException("Lista ärenden");
        var limit = Math.Clamp(filter.Limit, 1, 200);
        var list = ListCursor<CasePlace>.NameOf("cases", context.Actor, filter with { Cursor = null, Limit = 0 });
        var cursor = ListCursor<CasePlace>.Read(filter.Cursor, list);
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var rules = new CaseRules(context.Actor, context.Reference);
        var readable = context.Actor.MayAnywhere(Permissions.CaseReadNoText) ? Where(db, rules.SeesText) : null;
        var all = Filtered(context, filter, db, Where(db, rules.Sees).Where(c => !c.Trial), readable);
        var rows = await CaseOrder.Sort(cursor is null ? all : all.Where(CaseOrder.After(cursor.Place))).Take(limit + 1).Include(c => c.Content).ToListAsync(ct);
        var moved = cursor is null ? 0 : cursor.MovedAmong(await all.Where(CaseOrder.Ahead(cursor.Place)).Select(c => c.Id).Take(ListCursor<CasePlace>.MostAhead).ToListAsync(ct));
        var shown = rows.Take(limit).ToList();
        var next = rows.Count > limit ? ListCursor<CasePlace>.Next(cursor, shown.Select(c => c.Id), CaseOrder.PlaceOf(shown[^1]), list) : null;
        var withText = await ReadableAsync(context, rules, shown, ct);
        return new CasePage([.. shown.Select(c => Item(context, c, withText.Contains(c.Id)))], next, moved);
    }

    /// <summary>Which of a list's cases may be shown with text; that they were shown is logged in the same round trip.</summary>
    private async Task<HashSet<Guid>> ReadableAsync(CommandContext context, CaseRules rules, IEnumerable<CaseEntity> shown, CancellationToken ct)
    {
        var rows = shown.ToList();
        if (rows.Count == 0) return [];
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        var command = new NpgsqlBatchCommand();
        command.Parameters.Add(Sql.Value(rows.Select(c => c.Id)));
        command.CommandText = $"SELECT c.id FROM cases c WHERE c.id = ANY ($1) AND {rules.SeesText.Sql(RuleParameters.Of(command.Parameters))}";
        batch.BatchCommands.Add(command);
        ReadLog.AppendList(batch, context, [.. rows.Select(c => (c.Id, (string?)c.Unit))], "Ärendelista");
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var readable = new HashSet<Guid>();
        while (await reader.ReadAsync(ct)) readable.Add(reader.GetGuid(0));
        return readable;
    }

    private static IQueryable<CaseEntity> Where(CaseDbContext db, Rule<CaseFacts> rule)
    {
        var values = new List<object>();
        var sql = $"SELECT c.* FROM cases c WHERE {rule.Sql(RuleParameters.Of(values))}";
        return db.Cases.FromSqlRaw(sql, [.. values]);
    }

    private static IQueryable<CaseEntity> Filtered(
        CommandContext context, CaseQueryFilter filter, CaseDbContext db, IQueryable<CaseEntity> cases, IQueryable<CaseEntity>? readable)
    {
        var reference = context.Reference;
        if (filter.Unit is not null)
        {
            var unit = context.DemandUnit(filter.Unit).Id;
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
            var end = SwedishTime.EndOfDay(to);
            cases = cases.Where(c => c.ArrivedAt < end);
        }

        if (filter.Open is { } open) cases = open ? cases.Where(c => c.ClosedAt == null) : cases.Where(c => c.ClosedAt != null);
        foreach (var (text, number) in SearchPattern.Of(filter.Q, SwedishTime.LocalDate(context.Now)))
        {
            // Each of the two by its own index of trigrams, which an OR over both tables could not use.
            var byNumber = db.Cases.Where(n => EF.Functions.Like(n.CaseNumber.ToLower(), text, SearchPattern.Escape)).Select(n => n.Id);
            var byText = db.Set<CaseContentEntity>()
                .Where(s => EF.Functions.Like(s.Search, text, SearchPattern.Escape) || EF.Functions.Like(s.Search, number, SearchPattern.Escape)).Select(s => s.CaseId);
            // Whoever may not read a text does not find it either.
            if (readable is not null) byText = byText.Where(id => readable.Any(r => r.Id == id));
            cases = cases.Where(c => byNumber.Union(byText).Contains(c.Id));
        }

        return cases;
    }

    /// <summary>The case with names, its instances, tasks, links and files; the look at it is logged.</summary>
    private async Task<CaseDetail> DetailAsync(CommandContext context, Guid id, (CaseRecord Record, Sight Sight)? known, CancellationToken ct, Sight? whatever = null)
    {
        var reference = context.Reference;
        var (record, text, instances, tasks, links, files, stops) = await ReadDetailAsync(context, id, known, whatever, ct);
        if (!text) instances = await ToldAsync(instances, ct);
        var stopped = new List<StoppedRoutine>();
        foreach (var stop in stops)
        {
            var step = stop.VersionId is null ? null : await _steps.FindAsync(stop.VersionId, stop.NodeId, ct);
            stopped.Add(new StoppedRoutine(stop.Id, stop.VersionId is null ? null : step?.Routine ?? "", step?.Name, stop.At, stop.IsTold));
        }

        return new CaseDetail
        {
            Id = record.Id, CaseNumber = record.CaseNumber, Unit = reference.UnitName(record.UnitId), ResponsibleUnit = reference.UnitName(record.ResponsibleUnitId),
            CaseType = TypeName(reference, record.CaseType), CaseTypeCode = record.CaseType, Alias = record.Alias, Channel = record.Channel, ExternalId = record.ExternalId,
            Status = record.Status, CloseMode = record.CloseMode, Flags = [.. record.Flags], Priority = record.Priority, Team = record.Team,
            TextShown = text, ArrivedAt = record.ArrivedAt, RegisteredAt = record.RegisteredAt, StartedAt = record.StartedAt, ClosedAt = record.ClosedAt,
            ClosedBy = reference.FindPerson(record.ClosedBy)?.ShortName ?? record.ClosedBy,
            ClosedByRole = record.ClosedByRole is null ? null : reference.RoleLabel(record.ClosedByRole),
            Owner = Owner(reference, record.OwnerPerson, record.OwnerRole, record.OwnerUnit), Clock = record.Clock, FirstResponseAt = record.FirstResponseAt, BreachedAt = record.BreachedAt,
            Patient = text ? record.Patient : null, Sender = text ? record.Sender : null, Subject = text ? record.Subject : null, Text = text ? record.Text : null,
            Fields = text ? record.Fields : [], Routine = record.Routine,
            RoutingNote = reference.Routing.Select(t => reference.Route(new RoutingQuery(t.Key, record.UnitId, record.CaseType))?.Note).FirstOrDefault(n => n is not null),
            WorkflowInstances = instances, Stopped = stopped, Tasks = tasks, LinkedCases = links, Attachments = text ? files : [], Revision = record.Revision
        };
    }

    /// <summary>Which runs another began, and how they fare, may spell what stands in the case to those who may not read it.</summary>
    private async Task<List<CaseInstance>> ToldAsync(List<CaseInstance> instances, CancellationToken ct)
    {
        var told = await _ways.ToldAsync([.. instances.Select(i => i.Id)], [], ct);
        return [.. instances.Where(i => i.IsRoot || told.Contains(i.Id)).Select(i => told.Contains(i.Id) ? i : i with { Status = null })];
    }

    private async Task<DetailRows> ReadDetailAsync(CommandContext context, Guid id, (CaseRecord Record, Sight Sight)? known, Sight? whatever, CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        if (known is null) batch.BatchCommands.Add(CaseGate.Select(context, id));
        batch.Add("SELECT id, definition_id, version, status, parent_id IS NULL FROM instance WHERE case_id = $1 ORDER BY created_at, id", id);
        batch.Add("SELECT id, title, state, coalesce(completed_by, assignee), title_computed FROM task WHERE case_id = $1 AND NOT trial ORDER BY created_at, id", id);
        batch.Add("SELECT l.other_case_id, o.case_number, l.kind FROM case_link l JOIN cases o ON o.id = l.other_case_id WHERE l.case_id = $1 ORDER BY l.at", id);
        batch.Add("SELECT id, name, content_type, size, at FROM attachment WHERE case_id = $1 ORDER BY at, id", id);
        batch.Add($"""
            SELECT x.id, x.at, i.version_id, x.node_id, x.queue_id IS NULL FROM instance i JOIN incident x ON x.instance_id = i.id LEFT JOIN queue q ON q.id = x.queue_id
            WHERE i.case_id = $1 AND {IncidentRow.Open}
            UNION ALL
            SELECT x.id, x.at, NULL, NULL, true FROM incident x JOIN queue q ON q.id = x.queue_id
            WHERE x.case_id = $1 AND x.resolved_at IS NULL AND q.failed_at IS NOT NULL AND {IncidentRow.NotStarted} ORDER BY at, id
            """, id);
        ReadLog.Append(batch, context, id, known?.Record.UnitId, "Ärende");
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (known is null)
        {
            var found = await CaseGate.ReadAsync(reader, ct);
            known = (found.Record, found.Sight);
            await reader.NextResultAsync(ct);
        }

        var (record, sight) = known.Value;
        var text = (whatever ?? sight) == Sight.WithText;
        var instances = await ReadAllAsync(r => new CaseInstance(r.GetGuid(0), r.GetString(1), r.GetInt32(2), ((WorkflowStatus)r.GetInt16(3)).ToString()) { IsRoot = r.GetBoolean(4) });
        await reader.NextResultAsync(ct);
        var tasks = await ReadAllAsync(r => new CaseTaskSummary(r.GetGuid(0), !text && r.GetBoolean(4) ? "Uppgift" : r.GetString(1), r.GetString(2), context.Reference.FindPerson(r.Text(3))?.ShortName ?? r.Text(3)));
        await reader.NextResultAsync(ct);
        var links = await ReadAllAsync(r => new LinkedCase(r.GetGuid(0), r.GetString(1), r.GetString(2)));
        await reader.NextResultAsync(ct);
        var files = await ReadAllAsync(r => new CaseAttachment(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.Instant(4)!.Value));
        await reader.NextResultAsync(ct);
        var stops = await ReadAllAsync(r => new Stop(r.GetGuid(0), r.Instant(1)!.Value, r.Text(2), r.Text(3), r.GetBoolean(4)));
        return new DetailRows(record, text, instances, tasks, links, files, stops);

        async Task<List<T>> ReadAllAsync<T>(Func<NpgsqlDataReader, T> read)
        {
            var all = new List<T>();
            while (await reader.ReadAsync(ct)) all.Add(read(reader));
            return all;
        }
    }

    private sealed record Stop(Guid Id, DateTimeOffset At, string? VersionId, string? NodeId, bool IsTold);

    private sealed record DetailRows(
        CaseRecord Record, bool Text, List<CaseInstance> Instances, List<CaseTaskSummary> Tasks, List<LinkedCase> Links, List<CaseAttachment> Files, List<Stop> Stops);

    private static CaseListItem Item(CommandContext context, CaseEntity c, bool text) => new()
    {
        Id = c.Id, CaseNumber = c.CaseNumber, Unit = context.Reference.UnitName(c.Unit), CaseType = TypeName(context.Reference, c.CaseType), Status = c.Status,
        Flags = c.Flags, Priority = c.Priority, Team = c.Team, ArrivedAt = c.ArrivedAt, ClosedAt = c.ClosedAt,
        Owner = Owner(context.Reference, c.OwnerPerson, c.OwnerRole, c.OwnerUnit), Clock = c.Clock(),
        Subject = text ? c.Content?.Subject : null
    };

    private static CaseOwner Owner(ReferenceView reference, string? person, string? role, string? unit) => new(
        reference.FindPerson(person)?.ShortName ?? person, role is null ? null : reference.RoleLabel(role), unit is null ? null : reference.UnitName(unit));

    private static string TypeName(ReferenceView reference, string code) => reference.CaseTypes.TryGetValue(code, out var type) ? type.Name : code;
}
