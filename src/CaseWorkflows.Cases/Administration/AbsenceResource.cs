using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Activities;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Absences: registered by a manager of a unit of the person's, or by the person.</summary>
internal sealed class AbsenceResource : ReferenceResource
{
    public override string Kind => ReferenceKinds.Absence;

    public override string Path => "absences";

    public override string Name => "Frånvaro";

    public override IReadOnlyList<string> Permissions => [Organisation.Permissions.AbsenceManage];

    public override Type Shape => typeof(Absence);

    public override IReadOnlyList<string> Fixed => ["person", "registeredBy", "registeredAt"];

    public override string FixedMessage => "Uppgiften ändras inte i efterhand. Avsluta frånvaron och registrera en ny.";

    public override IEnumerable<string> PlacesOf(JsonObject document, CommandContext context) =>
        PersonOf(document, context) is { } person ? AdministrationScope.PlacesOf(context.Reference, person) : [];

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        var person = before is null ? faults.Person(document, "person", context) : PersonOf(before, context);
        var from = faults.Date(document, "from", required: true);
        var to = faults.Date(document, "to", required: false);
        faults.OneOf(document, "reason", "sjukdom", "annan");
        if (from is not null && to is not null && to < from) faults.Add("to", "Slutdatumet ligger före startdatumet.");
        if (before is null)
        {
            document["registeredBy"] = context.Actor.PersonId;
            document["registeredAt"] = context.Now.ToString("O");
            if (person is not null && from is not null && context.Reference.Absences.Values.Any(a => a.Person == person.Id && a.From == from && a.To == to))
                faults.Add("from", "Frånvaron är redan registrerad.");
        }
    }

    public override bool MayTry(CommandContext context) => context.Actor.Kind == ActorKind.Person;

    public override bool MayWrite(JsonObject document, CommandContext context) =>
        PersonOf(document, context) is { } person
            ? person.Id == context.Actor.PersonId || AdministrationScope.MayAdminister(context, person, Organisation.Permissions.AbsenceManage)
            : base.MayWrite(document, context);

    /// <summary>That somebody is ill is for those who arrange the work.</summary>
    public override bool MayRead(JsonObject document, CommandContext context) => MayWrite(document, context)
        || PlacesOf(document, context).Any(u => context.Actor.May(Organisation.Permissions.AbsenceManage, u) || context.Actor.May(Organisation.Permissions.CaseDistribute, u));

    public override JsonObject Show(JsonObject document, CommandContext context)
    {
        var shown = base.Show(document, context);
        shown["person"] = context.Reference.FindPerson(document["person"]?.ToString())?.ShortName ?? document["person"]?.ToString();
        return shown;
    }

    public override ReferenceEvent? EventOf(JsonObject document, JsonObject? before, CommandContext context)
    {
        var id = document["id"]?.ToString();
        var personId = document["person"]!.ToString();
        var own = context.Reference.AssignmentsOf(personId).Where(a => a.Reason == RoleAssignment.Own).ToList();
        var to = document["to"]?.ToString();
        var units = own.Select(a => a.Unit).Distinct().ToList();
        var ended = to is not null && IsoText.Date(to) < SwedishTime.LocalDate(context.Now);
        return new ReferenceEvent(
            before is null ? DomainEvents.AbsenceRegistered : ended ? DomainEvents.AbsenceEnded : DomainEvents.AbsenceChanged,
            before is null ? null : id,
            context.Reference.RegionOf(ScopeOf(document, context)) ?? "",
            new Dictionary<string, object?>
            {
                ["absenceId"] = id, ["personId"] = personId, ["from"] = document["from"]!.ToString(), ["to"] = to, ["reason"] = document["reason"]!.ToString(),
                ["region"] = context.Reference.RegionOf(ScopeOf(document, context)),
                ["roles"] = own.Select(a => (object?)a.Role).Distinct().ToList(), ["units"] = units.ToList<object?>()
            },
            units.Count > 0 ? units : [ScopeOf(document, context) ?? ""]);
    }

    private static Person? PersonOf(JsonObject document, CommandContext context) => context.Reference.FindPerson(document["person"]?.ToString());
}
