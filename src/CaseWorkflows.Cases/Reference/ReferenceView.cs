using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Reference data as it is at one moment. Immutable and shared; everything a routine decides by is read here.</summary>
public sealed partial class ReferenceView
{
    private readonly IReadOnlyDictionary<string, Dictionary<string, ReferenceRow>> _rows;
    private readonly Dictionary<string, Unit> _unitsByName;
    private readonly Dictionary<string, Person> _peopleByUserName;
    private readonly Dictionary<string, OpeningHours> _hours;
    private readonly Dictionary<string, WorkingCalendar> _calendars;
    private readonly Dictionary<(string Key, string Scope), SettingRecord> _settings;
    private readonly ILookup<string, RoleAssignment> _assignmentsByPerson;
    private readonly ILookup<string?, Unit> _children;
    private readonly Lazy<ILookup<string, RoleAssignment>> _coming;

    /// <param name="unread">Rows that could not even be loaded.</param>
    /// <param name="coming">Role assignments that begin later.</param>
    internal ReferenceView(long version, IEnumerable<ReferenceRow> rows, IReadOnlyList<ReferenceFault>? unread = null, IEnumerable<ReferenceRow>? coming = null)
    {
        Version = version;
        _coming = new(() => new ReferenceIndex(coming ?? []).Read<RoleAssignment>(ReferenceKinds.RoleAssignment).Values.ToLookup(a => a.Person));
        var index = new ReferenceIndex(rows);
        Regions = index.Read<Region>(ReferenceKinds.Region);
        Units = index.Read<Unit>(ReferenceKinds.Unit);
        People = index.Only(ReferenceKinds.Person, index.Read<Person>(ReferenceKinds.Person), p => [Folded.Of(p.Id), p.UserName is null ? null : Folded.Of(p.UserName)], "userName");
        Roles = index.Read<Role>(ReferenceKinds.Role);
        Assignments = index.Read<RoleAssignment>(ReferenceKinds.RoleAssignment);
        CaseTypes = index.Read<CaseType>(ReferenceKinds.CaseType);
        Phrases = index.Read<Phrase>(ReferenceKinds.Phrase);
        RoutineDocuments = index.Read<RoutineDocument>(ReferenceKinds.RoutineDocument);
        Absences = index.Read<Absence>(ReferenceKinds.Absence);
        Schedule = index.Read<ScheduleEntry>(ReferenceKinds.Schedule);
        Routing = index.Read<RoutingRow>(ReferenceKinds.Routing).Values.ToLookup(r => r.Table);

        _unitsByName = index.ByName(ReferenceKinds.Unit, Units, u => u.Name, IsReservedName);
        _peopleByUserName = People.Values.Where(p => p.UserName is { Length: > 0 }).ToDictionary(p => Folded.Of(p.UserName!));
        _assignmentsByPerson = Assignments.Values.ToLookup(a => a.Person);
        _children = Units.Values.ToLookup(u => u.Operation);
        var settings = index.Only(ReferenceKinds.Setting, index.Read<SettingRecord>(ReferenceKinds.Setting), s => [$"{s.Scope}\n{s.Key}"], "key");
        _settings = settings.Values.ToDictionary(s => (s.Key, s.Scope));
        index.Tell(ReferenceKinds.Setting, settings, s => Unused(s.Key, s.Value));
        index.Tell(ReferenceKinds.Unit, Units, u => u.Settings?.Select(s => Unused(s.Key, s.Value)).FirstOrDefault(f => f is not null));
        _calendars = index.Read<HolidayOverride>(ReferenceKinds.HolidayOverride).Values.GroupBy(h => h.Region)
            .ToDictionary(g => g.Key, g => new WorkingCalendar(g.Where(h => h.Holiday).Select(h => h.Date), g.Where(h => !h.Holiday).Select(h => h.Date)));
        var hours = index.Only(ReferenceKinds.OpeningHours, index.Read(ReferenceKinds.OpeningHours, Hours), h => [h.Unit], "unit");
        _hours = hours.Values.ToDictionary(h => h.Unit, h => h.Hours);
        _rows = index.Rows;
        Faults = [.. unread ?? [], .. index.Faults];

        static string? Unused(string key, JsonNode? value) => SettingValues.Fault(key, value) is { } fault ? $"Värdet av {key} används inte. {fault}" : null;

        (string Unit, OpeningHours Hours) Hours(JsonObject document)
        {
            var record = ReferenceJson.Read<OpeningHoursRecord>(document);
            return (record.Unit, record.ToHours(CalendarOf(Units.TryGetValue(record.Unit, out var unit) ? unit.Region : null)));
        }
    }

    public long Version { get; }

    /// <summary>What is wrong in the rows of this moment; those left out are in none of the lists below.</summary>
    public IReadOnlyList<ReferenceFault> Faults { get; }

    public IReadOnlyDictionary<string, Region> Regions { get; }

    public IReadOnlyDictionary<string, Unit> Units { get; }

    public IReadOnlyDictionary<string, Person> People { get; }

    public IReadOnlyDictionary<string, Role> Roles { get; }

    public IReadOnlyDictionary<string, RoleAssignment> Assignments { get; }

    public IReadOnlyDictionary<string, CaseType> CaseTypes { get; }

    public IReadOnlyDictionary<string, Phrase> Phrases { get; }

    public IReadOnlyDictionary<string, RoutineDocument> RoutineDocuments { get; }

    public IReadOnlyDictionary<string, Absence> Absences { get; }

    public IReadOnlyDictionary<string, ScheduleEntry> Schedule { get; }

    public ILookup<string, RoutingRow> Routing { get; }

    /// <summary>The stored documents of a kind, for administration and for kinds without a type of their own.</summary>
    public IEnumerable<ReferenceRow> RowsOf(string kind) =>
        _rows.TryGetValue(kind, out var rows) ? rows.Values : [];

    public ReferenceRow? Row(string kind, string id) =>
        _rows.TryGetValue(kind, out var rows) ? rows.GetValueOrDefault(id) : null;
}
