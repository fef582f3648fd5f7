using System.Linq.Expressions;
using CaseWorkflows.Cases.Database.Entities;
using Microsoft.EntityFrameworkCore;

namespace CaseWorkflows.Cases.Cases;

/// <summary>The order of case lists: open cases first, late ones before the others, the oldest first; closed ones follow, newest first.</summary>
internal static class CaseOrder
{
    public static IQueryable<CaseEntity> Sort(IQueryable<CaseEntity> cases) => cases
        .OrderBy(c => c.ClosedAt != null).ThenByDescending(c => c.ClosedAt == null && c.Flags.Contains(CaseFlag.Overdue))
        .ThenByDescending(c => c.ClosedAt).ThenBy(c => c.ArrivedAt).ThenBy(c => c.Id);

    public static CasePlace PlaceOf(CaseEntity c) => new(c.ClosedAt, c.ClosedAt is null && c.Flags.Contains(CaseFlag.Overdue), c.ArrivedAt, c.Id);

    public static Expression<Func<CaseEntity, bool>> After(CasePlace place)
    {
        var at = place.ArrivedAt;
        var id = place.Id;
        if (place.ClosedAt is { } closed)
        {
            return c => c.ClosedAt < closed
                || (c.ClosedAt == closed && EF.Functions.GreaterThan(ValueTuple.Create(c.ArrivedAt, c.Id), ValueTuple.Create(at, id)));
        }

        return place.Overdue
            ? c => c.ClosedAt != null || !c.Flags.Contains(CaseFlag.Overdue)
                || EF.Functions.GreaterThan(ValueTuple.Create(c.ArrivedAt, c.Id), ValueTuple.Create(at, id))
            : c => c.ClosedAt != null
                || (!c.Flags.Contains(CaseFlag.Overdue) && EF.Functions.GreaterThan(ValueTuple.Create(c.ArrivedAt, c.Id), ValueTuple.Create(at, id)));
    }

    /// <summary>At the place or before it. Not the negation of the other: a null compares with nothing.</summary>
    public static Expression<Func<CaseEntity, bool>> Ahead(CasePlace place)
    {
        var at = place.ArrivedAt;
        var id = place.Id;
        if (place.ClosedAt is { } closed)
        {
            return c => c.ClosedAt == null || c.ClosedAt > closed
                || (c.ClosedAt == closed && EF.Functions.LessThanOrEqual(ValueTuple.Create(c.ArrivedAt, c.Id), ValueTuple.Create(at, id)));
        }

        return place.Overdue
            ? c => c.ClosedAt == null && c.Flags.Contains(CaseFlag.Overdue)
                && EF.Functions.LessThanOrEqual(ValueTuple.Create(c.ArrivedAt, c.Id), ValueTuple.Create(at, id))
            : c => c.ClosedAt == null
                && (c.Flags.Contains(CaseFlag.Overdue) || EF.Functions.LessThanOrEqual(ValueTuple.Create(c.ArrivedAt, c.Id), ValueTuple.Create(at, id)));
    }
}
