using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Paging;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>Incidents for those who decide about them; the restriction is in the WHERE.</summary>
public sealed class IncidentReader(NpgsqlDataSource database, StepReader steps, RunWays ways, ReadLog readLog)
{
    /// <summary>Open ones, the oldest first.</summary>
    /// <exception cref="ForbiddenException">The actor decides about no incidents anywhere.</exception>
    public async Task<IncidentPage> ListAsync(CommandContext context, IncidentQuery query, CancellationToken ct)
    {
        if (!context.Actor.MayAnywhere(Permissions.IncidentManage)) throw new ForbiddenException("Visa fel i rutiner");
        var unit = query.Unit is null ? null : context.DemandUnit(query.Unit).Id;
        var limit = Math.Clamp(query.Limit, 1, 200);
        var list = ListCursor<IncidentPlace>.NameOf("incidents", context.Actor, query with { Cursor = null, Limit = 0 });
        var cursor = ListCursor<IncidentPlace>.Read(query.Cursor, list);
        const string Asked = $"""
            {IncidentRow.Mine} AND {IncidentRow.Open}
              AND ($2::text IS NULL OR c.unit = $2 OR c.responsible_unit = $2 OR (c.id IS NULL AND x.series = $2))
              AND ($3::text IS NULL OR c.id::text = $3 OR c.case_number = $3)
            """;
        var moved = 0;
        if (cursor is not null)
        {
            await using var ahead = database.CreateCommand($"SELECT x.id {IncidentRow.From} WHERE {Asked} AND (x.at, x.id) <= ($4, $5) LIMIT $6").With(
                Sql.Value(IncidentAccess.Places(context.Actor)), Sql.Value(unit), Sql.Value(query.Case),
                cursor.Place.At, cursor.Place.Id, ListCursor<IncidentPlace>.MostAhead);
            moved = cursor.MovedAmong(await ahead.IdsAsync(ct));
        }

        await using var command = database.CreateCommand($"""
            {IncidentRow.Select} {IncidentRow.From} WHERE {Asked} AND ($4::timestamptz IS NULL OR (x.at, x.id) > ($4, $5)) ORDER BY x.at, x.id LIMIT $6
            """).With(
                Sql.Value(IncidentAccess.Places(context.Actor)), Sql.Value(unit), Sql.Value(query.Case),
                Sql.Value(cursor?.Place.At), Sql.Value(cursor?.Place.Id), limit + 1);
        var rows = new List<IncidentRow>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) rows.Add(IncidentRow.Read(reader));
        }

        var items = new List<IncidentItem>();
        foreach (var row in rows.Take(limit))
        {
            var hidden = await IsHiddenAsync(context, row, ct);
            if (!hidden || await IsFirstAsync(row, ct)) items.Add(await ItemAsync(context, row, hidden, ct));
        }

        await readLog.AddListAsync(context, [.. rows.Take(limit).Where(r => r.CaseId is not null).Select(r => (r.CaseId!.Value, r.Unit))], "Fel i rutiner", ct);
        var next = rows.Count > limit ? ListCursor<IncidentPlace>.Next(cursor, rows.Take(limit).Select(r => r.Id), new IncidentPlace(rows[limit - 1].At, rows[limit - 1].Id), list) : null;
        return new IncidentPage(items, next, moved);
    }

    /// <summary>How many are open; 0 for those who decide about none.</summary>
    public async Task<int> CountAsync(CommandContext context, CancellationToken ct)
    {
        if (!context.Actor.MayAnywhere(Permissions.IncidentManage)) return 0;
        // By cases: how many of one case there are is not everybody's to know.
        await using var command = database.CreateCommand($"SELECT count(DISTINCT coalesce(c.id, x.id))::int {IncidentRow.From} WHERE {IncidentRow.Mine} AND {IncidentRow.Open}")
            .With(Sql.Value(IncidentAccess.Places(context.Actor)));
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>One, also when it has been decided; with its message for those who may read the case's text, which is logged.</summary>
    /// <exception cref="NotFoundException">No such incident, or another region's.</exception>
    /// <exception cref="ForbiddenException">Inside the region, but not the actor's.</exception>
    public async Task<IncidentItem> GetAsync(CommandContext context, Guid id, CancellationToken ct)
    {
        var row = await DemandAsync(context, id, "Visa fel i rutin", ct);
        var item = await ItemAsync(context, row, ct);
        if (!IncidentAccess.SeesMessage(context, row)) return item;
        if (row.CaseId is { } caseId) await readLog.AddAsync(context, caseId, row.Unit!, "Fel i rutin", ct);
        else await readLog.AddNamedAsync(context, [row.Message], "Fel i rutin", ct);
        return item with { Message = row.Message };
    }

    internal async Task<IncidentRow> DemandAsync(CommandContext context, Guid id, string what, CancellationToken ct)
    {
        var row = await FindAsync(id, ct) ?? throw new NotFoundException();
        IncidentAccess.Demand(context, row, what);
        if (row.IsOpen && await IsHiddenAsync(context, row, ct) && !await IsFirstAsync(row, ct)) throw new NotFoundException();
        return row;
    }

    private async Task<IncidentRow?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"{IncidentRow.Select} {IncidentRow.From} WHERE x.id = $1").With(id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? IncidentRow.Read(reader) : null;
    }

    /// <summary>Where it has stopped, and when, may spell what the reader may not read.</summary>
    private async Task<bool> IsHiddenAsync(CommandContext context, IncidentRow row, CancellationToken ct) =>
        !IncidentAccess.SeesMessage(context, row) && await ways.SpellAsync(row.InstanceId, row.CaseId, ct);

    /// <summary>Of a case whose incidents may tell, the first open one stands for all of them.</summary>
    private async Task<bool> IsFirstAsync(IncidentRow row, CancellationToken ct)
    {
        if (row.CaseId is not { } caseId) return true;
        await using var command = database.CreateCommand($"SELECT x.id {IncidentRow.From} WHERE c.id = $1 AND NOT x.trial AND {IncidentRow.Open} ORDER BY x.at, x.id LIMIT 1").With(caseId);
        return await command.ExecuteScalarAsync(ct) is not Guid first || first == row.Id;
    }

    internal async Task<IncidentItem> ItemAsync(CommandContext context, IncidentRow row, CancellationToken ct) =>
        await ItemAsync(context, row, await IsHiddenAsync(context, row, ct), ct);

    /// <param name="hidden">Which step of which routine has stopped may spell what the message does not tell.</param>
    private async Task<IncidentItem> ItemAsync(CommandContext context, IncidentRow row, bool hidden, CancellationToken ct)
    {
        var reference = context.Reference;
        var opens = IncidentAccess.OpensCase(context, row);
        var step = row.VersionId is null ? null : await steps.FindAsync(row.VersionId, row.NodeId, ct);
        return new IncidentItem
        {
            Id = row.Id,
            State = row.IsOpen ? IncidentState.Open : row.Resolution switch { "Retry" => IncidentState.Retried, "Skip" => IncidentState.Skipped, _ => IncidentState.Moot },
            InstanceId = hidden ? null : row.InstanceId, CaseId = row.CaseId, CaseNumber = row.CaseNumber, OpensCase = opens,
            CaseType = row.CaseType is null || (!opens && IncidentAccess.IsNarrowed(context, row)) ? null : reference.CaseTypes.TryGetValue(row.CaseType, out var type) ? type.Name : row.CaseType,
            Unit = IncidentAccess.UnitOf(reference, row) is { } unit ? reference.UnitName(unit) : null,
            ResponsibleUnit = row.ResponsibleUnit is null ? null : reference.UnitName(row.ResponsibleUnit),
            Routine = row.DefinitionId is null || (hidden && row.CaseId is not null) ? null : new IncidentRoutine(row.DefinitionId, step?.Routine ?? row.DefinitionId, row.Version),
            Step = row.NodeId is null ? null : hidden ? IncidentStep.Hidden : new IncidentStep(row.NodeId, step?.Name, step?.Activity),
            Cause = hidden ? IncidentCause.Step : row.IsItem ? CauseOfItem(row.ItemKind) : CauseOfStep(row, step),
            Since = row.At, Tries = row.Tries, Ways = row is { IsOpen: true, IsItem: false } && step is not null && !hidden ? step.Ways : [],
            ResolvedAt = row.ResolvedAt, ResolvedBy = row.ResolvedBy, Reason = row.Reason, FailedAgain = row.FailedAgain
        };
    }

    private static string CauseOfStep(IncidentRow row, RoutineStep? step) =>
        step?.Name is null || step.IsUnknown ? IncidentCause.Missing
        : step.IsJob ? IncidentCause.Job
        : row.Detail?.EndsWith(".ExpressionException", StringComparison.Ordinal) == true ? IncidentCause.Script
        : IncidentCause.Step;

    // Kinds of queue rows as the runtime stores them.
    private static string CauseOfItem(int? kind) => kind switch
    {
        1 => IncidentCause.Timer,
        2 => IncidentCause.Answer,
        3 => IncidentCause.Event,
        4 => IncidentCause.Start,
        5 => IncidentCause.Cancel,
        6 or 7 => IncidentCause.Schedule,
        11 => IncidentCause.Message,
        _ => IncidentCause.Item
    };
}
