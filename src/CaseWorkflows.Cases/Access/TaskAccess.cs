using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Cases.Access;

/// <summary>Who may do what with a task that is at hand, and by what right (D-14, X-52). What the lists show is <see cref="TaskRules"/>'s to tell.</summary>
public sealed class TaskAccess
{
    private readonly Actor _actor;
    private readonly ReferenceView _reference;
    private readonly TaskRules _rules;

    public TaskAccess(CommandContext context)
    {
        _actor = context.Actor;
        _reference = context.Reference;
        _rules = new TaskRules(_actor, _reference);
    }

    /// <summary>404 outside the actor's regions, 403 (audited) for what is not the actor's to see.</summary>
    public Sight DemandSight(TaskRecord task, string what = "Visa uppgift")
    {
        DemandRegion(task);
        return SightOf(task) is not Sight.None and var sight ? sight : throw Refused(task, what);
    }

    /// <summary>As <see cref="DemandSight"/>, but what was written is needed: an auditor is refused too.</summary>
    public void DemandText(TaskRecord task, string what)
    {
        if (DemandSight(task, what) != Sight.WithText) throw Refused(task, what);
    }

    public Sight SightOf(TaskRecord task) =>
        !_rules.InRegion.Holds(task) ? Sight.None
        : _rules.SeesText.Holds(task) || ((task.IsActive || !IsClosedTo(task)) && RightTo(task) is not null) ? Sight.WithText
        : _rules.Sees.Holds(task) ? Sight.WithoutText : Sight.None;

    /// <summary>A protected identity: whoever does not receive cases and has not got the case sees only tasks that wait for them (D-10).</summary>
    public bool IsClosedTo(TaskRecord task) => !task.Trial && !_rules.Open.Holds(task);

    /// <summary>The right to work with the task, or 404/403.</summary>
    public TaskRight Demand(TaskRecord task, string what)
    {
        DemandRegion(task);
        return RightTo(task) ?? throw Refused(task, what);
    }

    /// <summary>The right to work with a task that is nobody else's.</summary>
    public TaskRight DemandOwn(TaskRecord task, string what) =>
        Demand(task, what) is { TakesOver: false } right ? right : throw Refused(task, what);

    /// <summary>The right to give it to somebody: whoever may do it, and those who distribute the unit's work. The latter by no right to the task itself.</summary>
    public TaskRight? DemandDistribution(TaskRecord task, string what)
    {
        DemandRegion(task);
        if (RightTo(task) is { TakesOver: false } right) return right;
        if (task.Trial || IsClosedTo(task) || !_actor.May(Permissions.CaseDistribute, task.Unit)) throw Refused(task, what);
        return RightTo(task);
    }

    /// <summary>Best right first: own task, own candidacy, cover, takeover; null = none.</summary>
    public TaskRight? RightTo(TaskRecord task)
    {
        if (_actor.PersonId is not { } me || !_rules.InRegion.Holds(task)) return null;
        if (task.Trial)
            return task.Starter == me ? new TaskRight(null, task.Unit, RoleAssignment.Own, false) : null;

        var held = _actor.Roles
            .Where(r => (task.CaseId is null ? !_reference.IsProduct(r.Role) : _reference.WorksWithCases(r.Role)) && task.Candidates.Any(c => c.Role == r.Role && c.Unit == r.Unit))
            .OrderBy(r => r.Capacity == RoleAssignment.Own ? 0 : 1).FirstOrDefault();
        if (task.Assignee is null || task.Assignee == me)
        {
            if (held is not null) return new TaskRight(held.Role, held.Unit, held.Capacity, false);
            if (_rules.Works.Holds(task) && (task.Assignee == me || task.CandidatePersons.Contains(me))) return OwnRole(task);
        }

        // Covering a colleague: what is given to the colleague is mine to do, without a reason.
        var taken = task.Assignee is not null && IsClosedTo(task);
        var covered = _actor.Roles.FirstOrDefault(r =>
            r.CoverFor is { } other && r.Unit == task.Unit && (other == task.Assignee || (!taken && task.CandidatePersons.Contains(other))));
        if (covered is not null) return new TaskRight(covered.Role, covered.Unit, RoleAssignment.Cover, false);
        return task.Assignee is { } owner && owner != me && !taken ? Takeover(task, me, owner, held) : null;
    }

    /// <summary>Whether the actor may choose the outcome; some are for certain roles only .</summary>
    public bool MayChoose(TaskRecord task, TaskOutcome outcome) =>
        outcome.Roles is not { Count: > 0 } roles
        || _actor.Roles.Any(r => roles.Contains(r.Role) && (r.Unit == task.Unit || task.Candidates.Any(c => c.Unit == r.Unit)));

    private TaskRight? Takeover(TaskRecord task, string me, string owner, HeldRole? held)
    {
        if (held is not null && (task.CandidatePersons.Contains(me) || _reference.SameTeam(me, owner)))
            return new TaskRight(held.Role, held.Unit, held.Capacity, true);
        if (!task.TakeOverByTeam || !_reference.SameTeam(me, owner)) return null;
        // An authorised colleague: a role at the unit that is the owner's, or that stands in for it.
        var ownerRoles = _reference.RolesAt(owner, task.Unit).Concat(task.Candidates.Select(c => c.Role)).ToHashSet();
        var colleague = _actor.Roles.FirstOrDefault(r => r.Unit == task.Unit
            && (ownerRoles.Contains(r.Role) || _reference.Roles.GetValueOrDefault(r.Role)?.CoversRoles.Any(ownerRoles.Contains) == true)
            && _reference.Roles.GetValueOrDefault(r.Role)?.Permissions.Contains(Permissions.CaseAnswer) == true);
        return colleague is null ? null : new TaskRight(colleague.Role, colleague.Unit, colleague.Capacity, true);
    }

    private TaskRight OwnRole(TaskRecord task)
    {
        var role = _actor.Roles.Where(r => r.Unit == task.Unit && !_reference.IsProduct(r.Role))
            .OrderBy(r => task.Candidates.Any(c => c.Role == r.Role) ? 0 : 1).FirstOrDefault();
        return new TaskRight(role?.Role, role?.Unit ?? task.Unit, RoleAssignment.Own, false);
    }

    private void DemandRegion(TaskRecord task)
    {
        if (!_rules.InRegion.Holds(task)) throw new NotFoundException();
    }

    private static ForbiddenException Refused(TaskRecord task, string what) => new(what, task.CaseId, task.Id, task.Unit);
}
