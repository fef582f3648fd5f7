using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Incidents;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime.Definitions;

namespace CaseWorkflows.Cases.Access;

/// <summary>
/// Who may decide about which incidents: by the case's unit; without a case by the unit whose scheduled start it is, else by the region.
/// Shared routines that run in no region are for those who may everywhere. Trials are tried again, not mended.
/// </summary>
internal static class IncidentAccess
{
    // What is started without a region has none.
    private static readonly string[] NoRegion = [DefinitionFiles.Shared, ""];

    /// <summary>For the WHERE: units, operations and regions, and the shared ones where the actor may everywhere.</summary>
    public static IReadOnlyList<string> Places(Actor actor)
    {
        var places = actor.UnitsWith(Permissions.IncidentManage);
        return places.Contains(ReferenceView.Everywhere) ? [.. places, .. NoRegion] : places;
    }

    /// <exception cref="NotFoundException">Another region's, or a trial's.</exception>
    /// <exception cref="ForbiddenException">Inside the region, but not the actor's to see or decide.</exception>
    public static void Demand(CommandContext context, IncidentRow row, string what)
    {
        var actor = context.Actor;
        if (row.Trial || !(actor.InRegion(row.Region) || (NoRegion.Contains(row.Region) && May(actor, ReferenceView.Everywhere)))) throw new NotFoundException();
        var may = row.CaseId is not null ? May(actor, row.Unit) || May(actor, row.ResponsibleUnit)
            : May(actor, NoRegion.Contains(row.Region) ? ReferenceView.Everywhere : row.Region) || May(actor, row.Series);
        if (!may) throw new ForbiddenException(what, row.CaseId, unit: UnitOf(context.Reference, row));
    }

    /// <summary>The case may be opened by whoever asks, with a protected identity only by those who read such cases (D-10).</summary>
    public static bool OpensCase(CommandContext context, IncidentRow row) => OpensCase(context, row.Unit, row.ResponsibleUnit, row.IsProtected);

    public static bool OpensCase(CommandContext context, string? unit, string? responsibleUnit, bool isProtected) =>
        Reads(context, unit, responsibleUnit, isProtected, Permissions.CaseReadUnit) || Reads(context, unit, responsibleUnit, isProtected, Permissions.CaseReadNoText);

    /// <summary>
    /// The error may quote what a patient wrote, also of a routine without a case that another has begun. The region's developers see it in Studio
    /// as well, save where the identity is protected.
    /// </summary>
    public static bool SeesMessage(CommandContext context, IncidentRow row) =>
        row is { CaseId: null, MayQuote: false } || Reads(context, row.Unit, row.ResponsibleUnit, row.IsProtected, Permissions.CaseReadUnit)
        || (!IsNarrowed(context, row) && context.Actor.May(Permissions.WorkflowDevelop, NoRegion.Contains(row.Region) ? ReferenceView.Everywhere : row.Region));

    /// <summary>What the case is about stays with those who have it.</summary>
    public static bool IsNarrowed(CommandContext context, IncidentRow row) =>
        (row is { IsProtected: true, Unit: { } unit } && ProtectedIdentity.Narrows(context.Reference, unit))
        || row.ProtectedOrigins.Any(u => ProtectedIdentity.Narrows(context.Reference, u));

    /// <summary>The case's unit, or the one whose scheduled start it is; null when it is the region's.</summary>
    public static string? UnitOf(ReferenceView reference, IncidentRow row) =>
        row.Unit ?? (row.Series is { } series && reference.Units.ContainsKey(series) ? series : null);

    /// <summary>The role by which the actor decides, for the history.</summary>
    public static HeldRole? RoleOf(CommandContext context, IncidentRow row)
    {
        var places = new[] { row.Unit, row.ResponsibleUnit, row.Series, row.Region, ReferenceView.Everywhere };
        return context.Actor.Roles.FirstOrDefault(r =>
            places.Contains(r.Unit) && context.Reference.Roles.GetValueOrDefault(r.Role)?.Permissions.Contains(Permissions.IncidentManage) == true);
    }

    private static bool Reads(CommandContext context, string? unit, string? responsibleUnit, bool isProtected, string permission)
    {
        var open = isProtected ? ProtectedIdentity.OpenUnits(context.Actor, context.Reference) : null;
        return new[] { unit, responsibleUnit }.Any(u => u is not null && context.Actor.May(permission, u) && open?.Contains(u) != false);
    }

    private static bool May(Actor actor, string? place) => place is not null && actor.May(Permissions.IncidentManage, place);
}
