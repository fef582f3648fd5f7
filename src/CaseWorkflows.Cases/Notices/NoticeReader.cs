using System.Linq.Expressions;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Database.Entities;
using Microsoft.EntityFrameworkCore;

namespace CaseWorkflows.Cases.Notices;

/// <summary>Notices of a case, or of a unit without a case, oldest first. The caller has checked what the actor may see.</summary>
public sealed class NoticeReader
{
    private readonly IDbContextFactory<CaseDbContext> _contexts;

    internal NoticeReader(IDbContextFactory<CaseDbContext> contexts) => _contexts = contexts;

    public Task<IReadOnlyList<NoticeItem>> OfCaseAsync(Guid caseId, CancellationToken ct) => ReadAsync(n => n.CaseId == caseId, ct);

    public Task<IReadOnlyList<NoticeItem>> OfUnitAsync(string unitId, CancellationToken ct) => ReadAsync(n => n.Unit == unitId && n.CaseId == null, ct);

    private async Task<IReadOnlyList<NoticeItem>> ReadAsync(Expression<Func<NoticeEntity, bool>> which, CancellationToken ct)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        return await db.Notices.Where(n => !n.Trial).Where(which).OrderBy(n => n.At).ThenBy(n => n.Id)
            .Select(n => new NoticeItem(n.Id, n.Channel, n.Recipient, n.Text, n.At, n.DeliveryState, n.Attempts, n.Error)).ToListAsync(ct);
    }
}
