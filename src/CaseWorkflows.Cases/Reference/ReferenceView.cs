using System.Text.Json;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;

namespace CaseWorkflows.Cases.Reference;

/// <summary>Reference data as it is at one moment. Immutable and shared; everything a routine decides by is read here.</summary>
public sealed partial class ReferenceView
{
    private readonly Dictionary<string, Dictionary<string, ReferenceRow>> _rows;
    private readonly Dictionary<string, Unit> _unitsByName;
    private readonly Dictionary<string, Person> _peopleByUserName;
    private readonly Dictionary<string, OpeningHours> _hours;
    private readonly Dictionary<string, WorkingCalendar> _calendars;
    private readonly Dictionary<(string Key, string Scope), SettingRecord> _settings;
    private readonly ILookup<string, RoleAssignment> _assignmentsByPerson;
    private readonly ILookup<string?, Unit> _children;

    internal ReferenceView(long version, IEnumerable<ReferenceRow> rows)
    {
        Version = version;
        _rows = rows.GroupBy(r => r.Kind).ToDictionary(g => g.Key, g => g.ToDictionary(r => r.Id));
        Regions = Index<Region>(ReferenceKinds.Region);
        Units = Index<Unit>(ReferenceKinds.Unit);
        People = Index<Person>(ReferenceKinds.Person);
        Roles = Index<Role>(ReferenceKinds.Role);
        Assignments = Index<RoleAssignment>(ReferenceKinds.RoleAssignment);
        CaseTypes = Index<CaseType>(ReferenceKinds.CaseType);
        Phrases = Index<Phrase>(ReferenceKinds.Phrase);
        RoutineDocuments = Index<RoutineDocument>(ReferenceKinds.RoutineDocument);
        Absences = Index<Absence>(ReferenceKinds.Absence);
        Schedule = Index<ScheduleEntry>(ReferenceKinds.Schedule);
        Routing = Index<RoutingRow>(ReferenceKinds.Routing).Values.ToLookup(r => r.Table);

        _unitsByName = Units.Values.GroupBy(u => u.Name.ToLowerInvariant()).ToDictionary(g => g.Key, g => g.First());
        _peopleByUserName = People.Values.Where(p => p.UserName is not null).ToDictionary(p => p.UserName!);
        _assignmentsByPerson = Assignments.Values.ToLookup(a => a.Person);
        _children = Units.Values.ToLookup(u => u.Operation);
        _settings = All<SettingRecord>(ReferenceKinds.Setting).ToDictionary(s => (s.Key, s.Scope));
        _calendars = All<HolidayOverride>(ReferenceKinds.HolidayOverride).GroupBy(h => h.Region)
            .ToDictionary(g => g.Key, g => new WorkingCalendar(g.Where(h => h.Holiday).Select(h => h.Date), g.Where(h => !h.Holiday).Select(h => h.Date)));
        _hours = All<OpeningHoursRecord>(ReferenceKinds.OpeningHours)
            .ToDictionary(h => h.Unit, h => h.ToHours(CalendarOf(Units.TryGetValue(h.Unit, out var unit) ? unit.Region : null)));
    }

    public long Version { get; }

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

    public IEnumerable<T> All<T>(string kind) => RowsOf(kind).Select(r => r.Data.Deserialize<T>(DomainJson.Options)!);

    private Dictionary<string, T> Index<T>(string kind) =>
        RowsOf(kind).ToDictionary(r => r.Id, r => r.Data.Deserialize<T>(DomainJson.Options)
            ?? throw new InvalidOperationException($"Reference document {kind}/{r.Id} is empty."));
}
