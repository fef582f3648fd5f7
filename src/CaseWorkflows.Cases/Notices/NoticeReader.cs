using System.Linq.Expressions;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Database.Entities;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Notices of a case, or of a unit without a case, oldest first. An auditor sees that they were sent, not what they say.</summary>
public sealed class NoticeReader
{
    private readonly IDbContextFactory<CaseDbContext> _contexts;
    private readonly CaseGate _gate;
    private readonly ReadLog _readLog;

    internal NoticeReader(IDbContextFactory<CaseDbContext> contexts, CaseGate gate, ReadLog readLog)
    {
        _contexts = contexts;
        _gate = gate;
        _readLog = readLog;
    }

    public async Task<IReadOnlyList<NoticeItem>> OfCaseAsync(CommandContext context, string idOrNumber, CancellationToken ct)
    {
        var (record, sight) = await _gate.SeeAsStaffAsync(context, idOrNumber, "Visa aviseringar", ct);
        await _readLog.AddAsync(context, record.Id, record.UnitId, "Aviseringar", ct);
        return await ReadAsync(n => n.CaseId == record.Id, sight == Sight.WithText, ct);
    }

    /// <param name="context">Who asks.</param>
    /// <param name="unit">A unit of the actor's region.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<IReadOnlyList<NoticeItem>> OfUnitAsync(CommandContext context, Unit unit, CancellationToken ct)
    {
        var text = context.Actor.May(Permissions.TaskReadUnit, unit.Id);
        if (!text && !context.Actor.May(Permissions.AuditRead, unit.Id)) throw new ForbiddenException("Visa enhetens aviseringar", unit: unit.Id);
        var items = await ReadAsync(n => n.Unit == unit.Id && n.CaseId == null, text, ct);
        await _readLog.AddNamedAsync(context, items.Select(i => i.Text), "Enhetens aviseringar", ct);
        return items;
    }

    private async Task<IReadOnlyList<NoticeItem>> ReadAsync(Expression<Func<NoticeEntity, bool>> which, bool text, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db.Notices.Where(n => !n.Trial).Where(which).OrderBy(n => n.At).ThenBy(n => n.Id)
            .Select(n => new NoticeItem(n.Id, n.Channel, n.Recipient, text ? n.Text : null, n.At, n.DeliveryState, n.Attempts, n.Error)).ToListAsync(ct);
    }
}
