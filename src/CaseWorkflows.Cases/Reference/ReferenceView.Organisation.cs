using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;

namespace CaseWorkflows.Cases.Reference;

public sealed partial class ReferenceView
{
    public const string Everywhere = "*";

    /// <summary>By id or exact name (case ignored); null when unknown.</summary>
    public Unit? FindUnit(string? idOrName) =>
        idOrName is null ? null
        : Units.TryGetValue(idOrName, out var unit) ? unit
        : _unitsByName.GetValueOrDefault(Folded.Of(idOrName));

    /// <summary>
    /// Id of the place that a word names: "*", a region, a unit or an operation; null when unknown. The one reader of places: what it gives is
    /// both stored and asked for rights.
    /// </summary>
    public string? FindPlace(string? text) =>
        text is null ? null : text == Everywhere || Regions.ContainsKey(text) ? text : FindUnit(text)?.Id;

    /// <summary>A name that no unit may have: it stands for every place, for what all share, or for a region.</summary>
    public bool IsReservedName(string name) =>
        Folded.Of(name) is var folded && (folded is Everywhere or "gemensamt" || Regions.Values.Any(r => Folded.Of(r.Code) == folded || Folded.Of(r.Name) == folded));

    /// <summary>By id or user name; null when unknown.</summary>
    public Person? FindPerson(string? idOrUserName) =>
        idOrUserName is null ? null
        : People.TryGetValue(idOrUserName, out var person) ? person
        : _peopleByUserName.GetValueOrDefault(Folded.Of(idOrUserName));

    public Role? FindRole(string? codeOrName) =>
        codeOrName is null ? null
        : Roles.TryGetValue(codeOrName, out var role) ? role
        : Roles.Values.FirstOrDefault(r => Same(r.Name, codeOrName) || r.Aliases.Any(a => Same(a, codeOrName)));

    public string RoleName(string code) => Roles.TryGetValue(code, out var role) ? role.Name : code;

    /// <summary>The role as it is written in running text and in the API: "ärendemottagare".</summary>
    public string RoleLabel(string code) => RoleName(code) is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : code;

    public string UnitName(string? id) => id is null ? "" : Units.TryGetValue(id, out var unit) ? unit.Name : Regions.TryGetValue(id, out var region) ? region.Name : id;

    /// <summary>The unit itself, its operation, its region and "*": everything a role there reaches it from.</summary>
    public IEnumerable<string> SelfAndAbove(string unitId)
    {
        yield return unitId;
        if (Units.TryGetValue(unitId, out var unit))
        {
            if (unit.Operation is not null) yield return unit.Operation;
            yield return unit.Region;
        }

        yield return Everywhere;
    }

    /// <summary>The unit and, for an operation, region or "*", all units under it.</summary>
    public IEnumerable<string> SelfAndBelow(string unitId)
    {
        yield return unitId;
        if (unitId == Everywhere)
        {
            foreach (var unit in Units.Keys) yield return unit;
            foreach (var region in Regions.Keys) yield return region;
        }
        else if (Regions.ContainsKey(unitId))
        {
            foreach (var unit in Units.Values.Where(u => u.Region == unitId)) yield return unit.Id;
        }
        else
        {
            foreach (var unit in _children[unitId]) yield return unit.Id;
        }
    }

    public bool IsWithin(string unitId, string scope) => SelfAndAbove(unitId).Contains(scope);

    public string? RegionOf(string? scope) =>
        scope is null ? null : Units.TryGetValue(scope, out var unit) ? unit.Region : Regions.ContainsKey(scope) ? scope : null;

    public IEnumerable<RoleAssignment> AssignmentsOf(string personId) => _assignmentsByPerson[personId];

    /// <summary>Those that hold, and those that will: power over an account is asked for both.</summary>
    public IEnumerable<RoleAssignment> UnendedAssignmentsOf(string personId) => _assignmentsByPerson[personId].Concat(_coming.Value[personId]);

    /// <summary>Everybody who holds the role for the unit: at the unit itself, or at its operation or region.</summary>
    public IReadOnlyList<Person> Holders(string role, string unitId, bool includeCover = false)
    {
        var scopes = SelfAndAbove(unitId).ToHashSet();
        return [.. Assignments.Values
            .Where(a => a.Role == role && scopes.Contains(a.Unit) && (includeCover || a.Reason == RoleAssignment.Own))
            .Select(a => a.Person).Distinct().Order(StringComparer.Ordinal)
            .Where(People.ContainsKey).Select(id => People[id])];
    }

    public bool HasRole(string personId, string role, string unitId) =>
        SelfAndAbove(unitId).ToHashSet() is var scopes && AssignmentsOf(personId).Any(a => a.Role == role && scopes.Contains(a.Unit));

    /// <summary>Role codes that a person holds for the unit, cover included.</summary>
    public IReadOnlyList<string> RolesAt(string personId, string unitId)
    {
        var scopes = SelfAndAbove(unitId).ToHashSet();
        return [.. AssignmentsOf(personId).Where(a => scopes.Contains(a.Unit)).Select(a => a.Role).Distinct()];
    }

    /// <summary>A role of the product's own (process owner, auditor, administrator …): it works with routines or logs, and with no case.</summary>
    public bool IsProduct(string role) => Roles.TryGetValue(role, out var found) && found.Product;

    /// <summary>A role with cases: it gives some power over patients' cases of its own. Only to those who have one does being named by a routine open a case.</summary>
    public bool WorksWithCases(string role) => Roles.TryGetValue(role, out var found) && !found.Product && found.Permissions.Any(Permissions.WithCases.Contains);

    /// <summary>A role with some power over patients' cases, if only to look at a unit's.</summary>
    public bool KnowsOfCases(string role) => Roles.TryGetValue(role, out var found) && !found.Product && found.Permissions.Any(Permissions.OverPatients.Contains);

    /// <summary>Whether a person has a role with cases, own or as cover, for the unit or at another of its operation: colleagues there stand in for each other .</summary>
    /// <param name="withCases">False: a role without cases counts too, the product's own aside.</param>
    public bool WorksNear(string personId, string unitId, bool withCases = true) =>
        AssignmentsOf(personId).Any(a => (withCases ? WorksWithCases(a.Role) : !IsProduct(a.Role)) && AreNear(a.Unit, unitId));

    /// <summary>The one reaches the other, or both belong to one operation.</summary>
    public bool AreNear(string placeA, string placeB) => IsWithin(placeA, placeB) || IsWithin(placeB, placeA)
        || (Units.GetValueOrDefault(placeA)?.Operation is { } operation && operation == Units.GetValueOrDefault(placeB)?.Operation);

    /// <summary>Whether two people share a team; people without a team share the unit's only one.</summary>
    public bool SameTeam(string personA, string personB)
    {
        var a = FindPerson(personA)?.Teams ?? [];
        var b = FindPerson(personB)?.Teams ?? [];
        return a.Count == 0 || b.Count == 0 ? a.Count == b.Count : a.Intersect(b).Any();
    }

    public bool IsAbsent(string personId, DateOnly day) =>
        Absences.Values.Any(a => a.Person == personId && a.Covers(day));

    public WorkingCalendar CalendarOf(string? region) =>
        region is not null && _calendars.TryGetValue(region, out var calendar) ? calendar : WorkingCalendar.Swedish;

    /// <summary>Hours of the unit, else of its operation; a unit without any is closed (limits then end at D-04's default).</summary>
    public OpeningHours HoursOf(string unitId)
    {
        foreach (var scope in SelfAndAbove(unitId))
            if (_hours.TryGetValue(scope, out var hours)) return hours;
        return new OpeningHours(CalendarOf(RegionOf(unitId)), new Dictionary<DayOfWeek, IReadOnlyList<TimeInterval>>());
    }

    public bool HasHours(string unitId) => SelfAndAbove(unitId).Any(_hours.ContainsKey);

    /// <summary>The setting nearest to the unit: its own settings, then the settings table for unit, operation, region, everywhere.</summary>
    public T? Setting<T>(string key, string? unitId, T? fallback = default)
    {
        foreach (var scope in unitId is null ? [Everywhere] : SelfAndAbove(unitId))
        {
            if (Units.TryGetValue(scope, out var unit) && TryRead<T>(key, unit.Settings?[key], out var own)) return own;
            if (_settings.TryGetValue((key, scope), out var setting) && TryRead<T>(key, setting.Value, out var value)) return value;
        }

        return fallback;
    }

    // A value of another kind than the reader needs, or out of every range, is no value: the next place's holds.
    private static bool TryRead<T>(string key, JsonNode? value, out T? read)
    {
        read = default;
        if (value is null || SettingValues.Fault(key, value) is not null) return false;
        try
        {
            read = value.Deserialize<T>(DomainJson.Options);
            return true;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Same(string a, string b) => Folded.Same(a, b);
}
