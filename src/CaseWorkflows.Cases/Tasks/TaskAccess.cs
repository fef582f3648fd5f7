using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Who may do what with a task (D-14, X-52). The lists ask the same in their WHERE.</summary>
public sealed class TaskAccess(Actor actor, ReferenceView reference)
{
    /// <summary>404 outside the actor's regions, 403 (audited) for what is not the actor's to see.</summary>
    public void DemandSight(TaskRecord task)
    {
        if (!actor.InRegion(task.Region)) throw new NotFoundException();
        if (!MaySee(task)) throw new ForbiddenException("Visa uppgift", task.CaseId, task.Id, task.Unit);
    }

    public bool MaySee(TaskRecord task)
    {
        if (task.Trial) return task.Starter == actor.PersonId;
        var closed = IsClosedTo(task);
        return task.CompletedBy == actor.PersonId
            || ((task.IsActive || !closed) && RightTo(task) is not null)
            || (!closed && (actor.May(Permissions.TaskReadUnit, task.Unit) || actor.May(Permissions.TaskReadAll, task.Region)));
    }

    /// <summary>A protected identity: whoever does not receive cases and has not got the case sees only tasks that wait for them (D-10).</summary>
    public bool IsClosedTo(TaskRecord task) =>
        task.Protected && !task.Trial
        && !(task.CaseOwner is { } owner && (owner == actor.PersonId || actor.CoversFor.Contains(owner)))
        && !task.CaseUnits.Any(u => actor.May(Permissions.CaseReadProtected, u) || !ProtectedIdentity.Narrows(reference, u));

    /// <summary>The right to work with the task, or 404/403.</summary>
    public TaskRight Demand(TaskRecord task, string what)
    {
        if (!actor.InRegion(task.Region)) throw new NotFoundException();
        return RightTo(task) ?? throw new ForbiddenException(what, task.CaseId, task.Id, task.Unit);
    }

    /// <summary>Best right first: own task, own candidacy, cover, takeover; null = none.</summary>
    public TaskRight? RightTo(TaskRecord task)
    {
        if (actor.PersonId is not { } me) return null;
        if (task.Trial)
            return task.Starter == me ? new TaskRight(null, task.Unit, RoleAssignment.Own, false) : null;

        var held = actor.Roles
            .Where(r => task.Candidates.Any(c => c.Role == r.Role && c.Unit == r.Unit))
            .OrderBy(r => r.Capacity == RoleAssignment.Own ? 0 : 1).FirstOrDefault();
        var mine = task.Assignee == me || task.CandidatePersons.Contains(me);
        if (task.Assignee is null || task.Assignee == me)
        {
            if (held is not null) return new TaskRight(held.Role, held.Unit, held.Capacity, false);
            if (mine) return OwnRole(task, RoleAssignment.Own, false);
        }

        // Covering a colleague: what is given to the colleague is mine to do, without a reason.
        var taken = task.Assignee is not null && IsClosedTo(task);
        var covered = actor.Roles.FirstOrDefault(r => r.CoverFor is { } other && (other == task.Assignee || (!taken && task.CandidatePersons.Contains(other))) && reference.IsWithin(task.Unit, r.Unit));
        if (covered is not null) return new TaskRight(covered.Role, covered.Unit, RoleAssignment.Cover, false);
        if (task.Assignee is not { } owner || owner == me || taken) return null;

        if (held is not null && (task.CandidatePersons.Contains(me) || reference.SameTeam(me, owner)))
            return new TaskRight(held.Role, held.Unit, held.Capacity, true);
        if (!task.TakeOverByTeam || !reference.SameTeam(me, owner)) return null;
        // An authorised colleague: a role at the unit that is the owner's, or that stands in for it.
        var ownerRoles = reference.RolesAt(owner, task.Unit).Concat(task.Candidates.Select(c => c.Role)).ToHashSet();
        var colleague = actor.Roles.FirstOrDefault(r => r.Unit == task.Unit
            && (ownerRoles.Contains(r.Role) || reference.Roles.GetValueOrDefault(r.Role)?.CoversRoles.Any(ownerRoles.Contains) == true)
            && reference.Roles.GetValueOrDefault(r.Role)?.Permissions.Contains(Permissions.CaseAnswer) == true);
        return colleague is null ? null : new TaskRight(colleague.Role, colleague.Unit, colleague.Capacity, true);
    }

    /// <summary>Whether the actor may choose the outcome; some are for certain roles only .</summary>
    public bool MayChoose(TaskRecord task, TaskOutcome outcome) =>
        outcome.Roles is not { Count: > 0 } roles
        || actor.Roles.Any(r => roles.Contains(r.Role) && (r.Unit == task.Unit || task.Candidates.Any(c => c.Unit == r.Unit)));

    private TaskRight OwnRole(TaskRecord task, string capacity, bool takesOver)
    {
        var role = actor.Roles.Where(r => r.Unit == task.Unit && !reference.Roles.GetValueOrDefault(r.Role)!.Product)
            .OrderBy(r => task.Candidates.Any(c => c.Role == r.Role) ? 0 : 1).FirstOrDefault();
        return new TaskRight(role?.Role, role?.Unit ?? task.Unit, capacity, takesOver);
    }
}
