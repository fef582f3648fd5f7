using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Everything that staff administer through the API.</summary>
public static class ReferenceResources
{
    public static readonly IReadOnlyList<ReferenceResource> All =
    [
        new AbsenceResource(),
        new RoleAssignmentResource(),
        new UnitResource(),
        new PlainResource(ReferenceKinds.Person, "people", "Medarbetare", Permissions.PermissionManage)
        {
            Required = ["displayName"], Dates = ["trainedOn", "employedFrom", "employedTo"], Shape = typeof(Person),
            Check = (document, before, context, faults) =>
            {
                // D1177-08: names come from the directory and are not edited here.
                foreach (var field in (string[])["firstName", "lastName", "hsaId"])
                    if (before is not null && before[field]?.ToString() is { } was && was != document[field]?.ToString()) faults.Add(field, "Uppgiften hämtas från katalogen och ändras inte här.");
                if (before is null && document["userName"]?.ToString() is { } userName && context.Reference.FindPerson(userName) is not null) faults.Add("userName", "Användarnamnet finns redan.");
            }
        },
        new PlainResource(ReferenceKinds.CaseType, "case-types", "Ärendetyp", Permissions.CaseTypeManage) { Required = ["code", "name"], IdField = "code", Shape = typeof(CaseType) },
        new PlainResource(ReferenceKinds.Routing, "routing", "Dirigeringsrad", Permissions.CaseTypeManage) { Required = ["table"], Shape = typeof(RoutingRow) },
        new PlainResource(ReferenceKinds.Phrase, "phrases", "Frasmall", Permissions.PhraseEdit)
        {
            Required = ["key", "text"], Shape = typeof(Phrase), PlaceFields = ["unit", "region"],   // its scope is Regional, Lokal or Personlig
            Check = (document, before, _, faults) =>
            {
                // ROLL-11: agreed with the operation, and said so.
                if (before is not null && document["text"]?.ToString() != before["text"]?.ToString() && document["agreedWithOperation"]?.GetValue<bool>() != true)
                    faults.Add("agreedWithOperation", "Avstämt med verksamheten krävs.");
            }
        },
        new PlainResource(ReferenceKinds.RoutineDocument, "routines", "Rutin", Permissions.RoutineEdit) 
        {
            Required = ["title"], Dates = ["validFrom", "validTo", "documentDate"], Shape = typeof(RoutineDocument)
        },
        new PlainResource(ReferenceKinds.Schedule, "schedule", "Schema", Permissions.ScheduleManage) 
        {
            Required = ["person", "unit", "function", "from", "to"], Instants = ["from", "to"], Shape = typeof(ScheduleEntry)
        },
        new PlainResource(ReferenceKinds.Group, "groups", "Grupp", Permissions.GroupManage) { Required = ["name", "unit"] },
        new PlainResource(ReferenceKinds.Setting, "settings", "Inställning", Permissions.UnitManage) { Required = ["key"], Shape = typeof(SettingRecord) },
        new PlainResource(ReferenceKinds.Downtime, "downtimes", "Driftstörning", Permissions.UnitManage) { Required = ["service", "from"], Instants = ["from", "to"] },
        new PlainResource(ReferenceKinds.Closure, "closures", "Stängning", Permissions.UnitManage) { Required = ["unit", "from", "to"], Dates = ["from", "to"] }
    ];

    /// <summary>Opening hours have their own place under the unit.</summary>
    public static readonly ReferenceResource OpeningHours =
        new OpeningHoursResource();
}
