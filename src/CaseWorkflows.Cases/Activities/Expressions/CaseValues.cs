using System.Globalization;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Activities;

/// <summary>Domain objects as expressions see them: dictionaries with Swedish names.</summary>
internal static class CaseValues
{
    public static Dictionary<string, object?>? Of(CaseRecord? record, ReferenceView view) => record is null ? null : new()
    {
        ["id"] = record.Id.ToString(),
        ["nummer"] = record.CaseNumber,
        ["region"] = record.Region,
        ["enhet"] = record.UnitId,
        ["ansvarigEnhet"] = record.ResponsibleUnitId,
        ["typkod"] = record.CaseType,
        ["typ"] = view.CaseTypes.GetValueOrDefault(record.CaseType)?.Name ?? record.CaseType,
        ["erbjuds"] = view.Offers(record.ResponsibleUnitId, record.CaseType),
        ["kanal"] = record.Channel,
        ["status"] = record.Status,
        ["team"] = record.Team,
        ["prioritet"] = record.Priority,
        ["inkommet"] = Iso(record.ArrivedAt),
        ["paborjat"] = Iso(record.StartedAt),
        ["avslutat"] = Iso(record.ClosedAt),
        ["agare"] = new Dictionary<string, object?> { ["person"] = record.OwnerPerson, ["roll"] = record.OwnerRole, ["enhet"] = record.OwnerUnit },
        ["klocka"] = new Dictionary<string, object?>
        {
            ["lage"] = record.Clock.State, ["senast"] = Iso(record.Clock.Due), ["varning"] = Iso(record.Clock.WarnAt), ["uppfylld"] = Iso(record.Clock.MetAt), ["sort"] = record.Clock.Kind
        },
        ["skyddad"] = record.IsProtected,
        ["skyddadIdentitet"] = record.Patient?.ProtectedIdentity,
        ["marken"] = record.Flags.Cast<object?>().ToList(),
        ["invanare"] = new Dictionary<string, object?> { ["fodelsedatum"] = Iso(record.Patient?.BirthDate), ["digital"] = record.Patient?.Digital },
        ["avsandare"] = record.Sender?.Kind,
        ["amne"] = record.Subject,
        ["text"] = record.Text,
        ["falt"] = Values.FromJson(record.Fields)
    };

    public static Dictionary<string, object?>? OfUnit(string? id, ReferenceView view) =>
        id is null || !view.Units.TryGetValue(id, out var unit) ? null : new()
        {
            ["id"] = unit.Id, ["namn"] = unit.Name, ["adress"] = unit.Address, ["region"] = unit.Region, ["typ"] = unit.Type,
            ["verksamhet"] = unit.Operation, ["verksamhetsnamn"] = view.UnitName(unit.Operation), ["privat"] = unit.Private, ["jour"] = unit.OnCall
        };

    public static Dictionary<string, object?> OfPerson(Person person, ReferenceView view) => new()
    {
        ["id"] = person.Id, ["namn"] = person.DisplayName, ["anvandarnamn"] = person.UserName, ["yrkesroll"] = person.Profession,
        ["team"] = person.Teams.Select(t => (object?)t).ToList(), ["epostavisering"] = person.EmailNotice,
        ["roller"] = view.AssignmentsOf(person.Id).Where(a => a.Reason == RoleAssignment.Own).Select(a => (object?)a.Role).Distinct().ToList(),
        ["enheter"] = view.AssignmentsOf(person.Id).Where(a => a.Reason == RoleAssignment.Own).Select(a => (object?)a.Unit).Distinct().ToList()
    };

    public static Dictionary<string, object?> Option(string value, string label) => new() { ["value"] = value, ["label"] = label };

    public static string? Iso(DateTimeOffset? at) => at is { } instant ? IsoText.Write(instant) : null;

    public static string? Iso(DateOnly? date) => date is { } day ? IsoText.Write(day) : null;
}
