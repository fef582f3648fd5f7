using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Who administers what: by the role assignments for each place that a row touches; what belongs to no place is the system administrator's.</summary>
public static class AdministrationScope
{
    /// <summary>Administers the service itself, in every region. The same role held for a unit or region reaches no further than that.</summary>
    public static bool IsSystemAdministrator(Actor actor) => actor.May(Permissions.SystemAdmin, ReferenceView.Everywhere);

    /// <param name="places">Ids of units, operations and regions; none or "*" = shared.</param>
    public static bool Holds(CommandContext context, string permission, IEnumerable<string> places)
    {
        if (IsSystemAdministrator(context.Actor)) return true;
        var all = places.ToList();
        return all.Count > 0 && all.All(p => p != ReferenceView.Everywhere && context.Actor.May(permission, p));
    }

    /// <summary>Where a person works, or will: the places of their own roles, not of those they stand in for.</summary>
    public static IReadOnlyList<string> PlacesOf(ReferenceView reference, Person person) =>
        [.. reference.UnendedAssignmentsOf(person.Id).Where(a => a.Reason == RoleAssignment.Own).Select(a => a.Unit).Distinct()];

    /// <summary>
    /// A person is administered by those who hold the permission at every place where the person works; one who works nowhere yet, by those
    /// who hold it somewhere in the person's region; the rest by the system administrator.
    /// </summary>
    public static bool MayAdminister(CommandContext context, Person person, string permission) =>
        PlacesOf(context.Reference, person) is { Count: > 0 } places
            ? Holds(context, permission, places)
            : IsSystemAdministrator(context.Actor) || (person.Region is { } region && RegionsWith(context, permission).Contains(region));

    /// <summary>People of the actor's own regions; of one who works nowhere yet, only those who may give a role know.</summary>
    public static bool MaySee(CommandContext context, Person person)
    {
        if (person.Id == context.Actor.PersonId || IsSystemAdministrator(context.Actor)) return true;
        var places = PlacesOf(context.Reference, person);
        return places.Count > 0
            ? places.Any(p => p == ReferenceView.Everywhere || (context.Reference.RegionOf(p) is { } region && context.Actor.InRegion(region)))
            : person.Region is { } home && RegionsWith(context, Permissions.PermissionManage).Contains(home);
    }

    /// <summary>Regions in which the actor has the permission somewhere.</summary>
    public static IReadOnlyList<string> RegionsWith(CommandContext context, string permission) =>
        [.. context.Actor.UnitsWith(permission).Select(context.Reference.RegionOf).OfType<string>().Distinct()];
}
