using System.Linq.Expressions;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database.Entities;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Cases.Cases;

/// <summary>Which cases the actor may see, as a condition that goes into the WHERE.</summary>
internal static class CaseAccess
{
    public static Expression<Func<CaseEntity, bool>> InRegion(Actor actor)
    {
        var regions = actor.Regions.ToArray();
        return c => regions.Contains(c.Region);
    }

    /// <summary>
    /// By the unit, by owning it, by a task of it that is or was the actor's, or by cover. Trials are their starter's alone. With a protected
    /// identity the unit is not enough (<see cref="ProtectedIdentity"/>), and neither is being among the candidates of a task that is over or that somebody has.
    /// </summary>
    public static Expression<Func<CaseEntity, bool>> Visible(CommandContext context)
    {
        var actor = context.Actor;
        var units = actor.UnitsWith(Permissions.CaseReadUnit).Concat(actor.UnitsWith(Permissions.CaseReadNoText)).Distinct().ToArray();
        var open = ProtectedIdentity.OpenUnits(context);
        var held = actor.Roles.Select(r => r.Role + "@" + r.Unit).Distinct().ToArray();
        var covers = actor.CoversFor.ToArray();
        var me = actor.PersonId ?? "";
        var delivers = actor.MayAnywhere(Permissions.IntegrationEvents);
        return c => c.Trial
            ? c.Starter == me
            : delivers || c.OwnerPerson == me || covers.Contains(c.OwnerPerson!)
                || (units.Contains(c.Unit) && (!c.Protected || open.Contains(c.Unit)))
                || (units.Contains(c.ResponsibleUnit) && (!c.Protected || open.Contains(c.ResponsibleUnit)))
                || c.Tasks.Any(t => !t.Trial && (t.CompletedBy == me || ((!c.Protected || TaskState.Active.Contains(t.State))
                    && (t.Assignee == me || covers.Contains(t.Assignee!) || ((!c.Protected || t.Assignee == null)
                        && (t.CandidatePersons.Contains(me) || t.CandidatePersons.Any(p => covers.Contains(p)) || t.Candidates.Any(h => held.Contains(h.Held))))))));
    }

    /// <summary>An auditor sees what happened, not what patients wrote (MODEL 4).</summary>
    public static bool SeesText(Actor actor, string unit, string responsibleUnit) =>
        actor.May(Permissions.CaseReadUnit, unit) || actor.May(Permissions.CaseReadUnit, responsibleUnit) || !actor.May(Permissions.CaseReadNoText, unit);
}
