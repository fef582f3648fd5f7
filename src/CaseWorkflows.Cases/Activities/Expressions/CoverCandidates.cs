using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Who can cover for an absent person: same team, else same unit, else same operation, never one who is away too.</summary>
internal static class CoverCandidates
{
    public static Dictionary<string, object?>? Find(Person? person, ReferenceView view, DateTimeOffset now)
    {
        if (person is null) return null;
        var own = view.AssignmentsOf(person.Id).Where(a => a.Reason == RoleAssignment.Own).ToList();
        var roles = own.Select(a => a.Role).ToHashSet();
        var units = own.Select(a => a.Unit).ToHashSet();
        var operations = units.Select(u => view.Units.GetValueOrDefault(u)?.Operation).Where(o => o is not null).ToHashSet();
        var today = SwedishTime.LocalDate(now);

        var others = view.Assignments.Values
            .Where(a => a.Reason == RoleAssignment.Own && a.Person != person.Id && MayCover(a.Role, roles, view) && !view.IsAbsent(a.Person, today))
            .ToList();
        List<string> In(Func<RoleAssignment, bool> where) =>
            [.. others.Where(where).Select(a => a.Person).Distinct().Where(view.People.ContainsKey).Order(StringComparer.Ordinal)];

        var unit = In(a => units.Contains(a.Unit));
        var team = unit.Where(p => view.SameTeam(p, person.Id)).ToList();
        var operation = In(a => view.Units.GetValueOrDefault(a.Unit)?.Operation is { } o && operations.Contains(o));
        var (level, people) = team.Count > 0 ? ("team", team) : unit.Count > 0 ? ("mottagning", unit) : operation.Count > 0 ? ("verksamhet", operation) : ("ingen", []);
        return new Dictionary<string, object?>
        {
            ["niva"] = level,
            ["personer"] = people.Cast<object?>().ToList(),
            ["namn"] = people.Select(p => (object?)view.People[p].DisplayName).ToList(),
            ["val"] = people.Select(p => (object?)CaseValues.Option(p, view.People[p].DisplayName)).ToList(),
            ["enhet"] = units.FirstOrDefault(view.Units.ContainsKey)
        };
    }

    // Receivers and handlers may stand in for each other ("mottagar- eller hanterarbehörighet", ROLL-20): said by the roles themselves.
    private static bool MayCover(string role, HashSet<string> absentRoles, ReferenceView view) =>
        absentRoles.Contains(role) || (view.Roles.TryGetValue(role, out var r) && r.CoversRoles.Any(absentRoles.Contains));
}
