using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Actors;

/// <summary>Who acts, with everything that decides what they may see and do at this moment. Resolved per request from the reference view.</summary>
public sealed class Actor
{
    public static readonly Actor System = new() { Kind = ActorKind.System };
    public static readonly Actor Timer = new() { Kind = ActorKind.Timer };

    private readonly Dictionary<string, HashSet<string>> _unitsByPermission = [];

    public string Kind { get; private init; } = ActorKind.Person;

    public string? PersonId { get; private init; }

    public string? UserName { get; private init; }

    public string? DisplayName { get; private init; }

    /// <summary>Every role at every unit it reaches.</summary>
    public IReadOnlyList<HeldRole> Roles { get; private init; } = [];

    /// <summary>The assignments as given, for showing.</summary>
    public IReadOnlyList<RoleAssignment> Assignments { get; private init; } = [];

    /// <summary>Regions in which the actor has any role at all; outside them nothing exists (D-14).</summary>
    public IReadOnlySet<string> Regions { get; private init; } = new HashSet<string>();

    /// <summary>Units that the actor works near with cases: only there does being named open a case.</summary>
    public IReadOnlyList<string> WorkUnits { get; private init; } = [];

    /// <summary>The same by any role but the product's own: what being named opens beside cases.</summary>
    public IReadOnlyList<string> StaffUnits { get; private init; } = [];

    /// <summary>People whose work the actor covers now.</summary>
    public IReadOnlyList<string> CoversFor { get; private init; } = [];

    /// <summary>The same with where each cover holds: person@unit.</summary>
    public IReadOnlyList<string> CoverPlaces { get; private init; } = [];

    /// <summary>Channels whose cases an integration delivers and reads; empty for people.</summary>
    public IReadOnlyList<string> Channels { get; private init; } = [];

    public static Actor Of(Person person, ReferenceView reference)
    {
        var assignments = reference.AssignmentsOf(person.Id).ToList();
        var roles = assignments
            .SelectMany(a => reference.SelfAndBelow(a.Unit).Select(u => new HeldRole(a.Role, u, a.Reason, a.CoverFor)))
            .Distinct().ToList();
        var actor = new Actor
        {
            Kind = person.Kind == "integration" ? ActorKind.Integration : ActorKind.Person,
            PersonId = person.Id,
            UserName = person.UserName,
            DisplayName = person.DisplayName,
            Assignments = assignments,
            Roles = roles,
            Regions = RegionsOf(assignments, reference),
            WorkUnits = UnitsNear(assignments.Where(a => reference.WorksWithCases(a.Role)), reference),
            StaffUnits = UnitsNear(assignments.Where(a => !reference.IsProduct(a.Role)), reference),
            CoversFor = [.. assignments.Where(a => a.CoverFor is not null).Select(a => a.CoverFor!).Distinct()],
            CoverPlaces = [.. roles.Where(r => r.CoverFor is not null).Select(r => r.CoverFor + "@" + r.Unit).Distinct()],
            Channels = person.Channels
        };
        foreach (var held in roles)
        {
            foreach (var permission in reference.Roles.GetValueOrDefault(held.Role)?.Permissions ?? [])
            {
                if (!actor._unitsByPermission.TryGetValue(permission, out var units)) actor._unitsByPermission[permission] = units = [];
                units.Add(held.Unit);
            }
        }

        return actor;
    }

    /// <summary>The resident behind a message that an integration delivers.</summary>
    public static Actor Resident(Actor integration) => new()
    {
        Kind = ActorKind.Resident, PersonId = integration.PersonId, UserName = integration.UserName, Roles = integration.Roles, Regions = integration.Regions
    };

    private static HashSet<string> RegionsOf(IEnumerable<RoleAssignment> assignments, ReferenceView reference) =>
        assignments.SelectMany(a => a.Unit == ReferenceView.Everywhere ? reference.Regions.Keys
            : reference.RegionOf(a.Unit) is { } region ? [region] : []).ToHashSet();

    private static List<string> UnitsNear(IEnumerable<RoleAssignment> assignments, ReferenceView reference) =>
        assignments.Select(a => a.Unit).Distinct().ToList() is { Count: > 0 } places ? [.. reference.Units.Keys.Concat(reference.Regions.Keys).Where(u => places.Exists(p => reference.AreNear(p, u)))] : [];

    public bool Has(string role, string unit) => Roles.Any(r => r.Role == role && r.Unit == unit);

    public bool May(string permission, string unit) => _unitsByPermission.TryGetValue(permission, out var units) && units.Contains(unit);

    public bool MayAnywhere(string permission) => _unitsByPermission.ContainsKey(permission);

    /// <summary>Units (and operations, regions) where the actor has the permission, for a WHERE.</summary>
    public string[] UnitsWith(string permission) =>
        _unitsByPermission.TryGetValue(permission, out var units) ? [.. units] : [];

    public bool InRegion(string region) => Regions.Contains(region);
}
