using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Calendars;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Everything that staff administer through the API.</summary>
public static class ReferenceResources
{
    private const string Published = "Publicerad";

    // What decides whether another unit can keep open meanwhile.
    private static readonly string[] Covering = ["coverUnit", "from", "to"];

    // Days.
    private const int LongestClosure = 5 * 366;

    private static readonly string[] PhraseStates = ["Utkast", "Godkänd", Published, "Tillbakadragen"];

    public static readonly IReadOnlyList<ReferenceResource> All =
    [
        new AbsenceResource(),
        new RoleAssignmentResource(),
        new UnitResource(),
        new PersonResource(),
        new PlainResource(ReferenceKinds.CaseType, "case-types", "Ärendetyp", Permissions.CaseTypeManage, typeof(CaseType))
        {
            Required = ["code", "name"], NaturalKey = ["code"], Check = (document, _, _, faults) => faults.Key(document, "code")
        },
        new PlainResource(ReferenceKinds.Routing, "routing", "Dirigeringsrad", Permissions.CaseTypeManage, typeof(RoutingRow))
        {
            Required = ["table"], PlaceList = "units", Check = CheckRouting, CheckStored = RoutedRoutines.CheckAsync
        },
        new PlainResource(ReferenceKinds.Phrase, "phrases", "Frasmall", Permissions.PhraseEdit, typeof(Phrase))
        {
            Required = ["key", "text"], PlaceFields = ["unit", "region"], Check = CheckPhrase, Allow = MayPutPhrase
        },
        new PlainResource(ReferenceKinds.RoutineDocument, "routines", "Rutin", Permissions.RoutineEdit, typeof(RoutineDocument))
        {
            Required = ["title"], PlaceFields = ["region"], TellsValidFrom = true,
            Check = (document, _, _, faults) => faults.Order(document, "validFrom", "validTo")
        },
        new PlainResource(ReferenceKinds.Schedule, "schedule", "Schema", Permissions.ScheduleManage, typeof(ScheduleEntry))
        {
            Required = ["person", "unit", "function", "from", "to"], PlaceFields = ["unit"], Check = (document, _, context, faults) => faults.OrderOfInstants(document, "from", "to", context.Now)
        },
        new PlainResource(ReferenceKinds.Group, "groups", "Grupp", Permissions.GroupManage, typeof(Group))
        {
            Required = ["name", "unit"], PlaceFields = ["unit"], Check = CheckGroup
        },
        new PlainResource(ReferenceKinds.Setting, "settings", "Inställning", Permissions.UnitManage, typeof(SettingRecord))
        {
            Required = ["key"], NaturalKey = ["key", "scope"], PlaceFields = ["scope"], Moves = true, Check = CheckSetting,
            Allow = (document, before, context) => SettingKinds.MaySet(AccessOf(document, before), [document["scope"]?.ToString() ?? ReferenceView.Everywhere], context),
            Word = (document, before, context, channels) => SettingKinds.WordOf(AccessOf(document, before), document["scope"]?.ToString() ?? ReferenceView.Everywhere, context, channels)
        },
        new PlainResource(ReferenceKinds.Downtime, "downtimes", "Driftstörning", Permissions.UnitManage, typeof(Downtime))
        {
            Required = ["service", "from"], PlaceFields = ["unit", "region"], Check = (document, _, context, faults) => faults.OrderOfInstants(document, "from", "to", context.Now)
        },
        new PlainResource(ReferenceKinds.Closure, "closures", "Stängning", Permissions.UnitManage, typeof(Closure))
        {
            Required = ["unit", "from", "to"], PlaceFields = ["unit"], Check = CheckClosure
        }
    ];

    /// <summary>Opening hours have their own place under the unit.</summary>
    public static readonly ReferenceResource OpeningHours = new OpeningHoursResource();

    private static void CheckRouting(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        var types = document["caseTypes"] as JsonArray ?? [];
        for (var i = 0; i < types.Count; i++)
        {
            if (context.Reference.FindCaseType(types[i]?.ToString()) is { } type) types[i] = type.Code;
            else faults.Add("caseTypes", $"Ärendetypen ”{types[i]}” finns inte.");
        }

        // Routing opens cases to those it names: only to roles that work with cases.
        foreach (var role in (document["roles"] as JsonArray ?? []).Select(r => r?.ToString() ?? "").Except((before?["roles"] as JsonArray ?? []).Select(r => r?.ToString() ?? "")))
        {
            if (!context.Reference.Roles.TryGetValue(role, out var known)) faults.Add("roles", $"Rollen ”{role}” finns inte.");
            else if (!context.Reference.WorksWithCases(role)) faults.Add("roles", $"Rollen ”{known.Name}” arbetar inte med ärenden.");
        }
    }

    private static void CheckClosure(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        faults.Order(document, "from", "to");
        if (faults.Any) return;
        var closure = ReferenceJson.Read<Closure>(document);
        if (closure.To.DayNumber - closure.From.DayNumber > LongestClosure) faults.Add("to", "En stängning får vara högst fem år. En enhet som har upphört avaktiveras.");
        if (before is not null && Covering.All(f => JsonNode.DeepEquals(document[f], before[f]))) return;
        // what keeps open meanwhile is not closed itself.
        if (faults.CoverUnit(document, closure.Unit, "coverUnit", context.Reference) is { } cover
            && context.Reference.RowsOf(ReferenceKinds.Closure).Any(r => r.Data["unit"]?.ToString() == cover.Id
                && IsoText.Date(r.Data["from"]?.ToString()) <= closure.To && IsoText.Date(r.Data["to"]?.ToString()) >= closure.From))
            faults.Add("coverUnit", $"{cover.Name} är själv stängd under tiden.");
    }

    private static void CheckPhrase(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        // ROLL-11: agreed with the operation, and said so.
        if (before is not null && document["text"]?.ToString() != before["text"]?.ToString() && document["agreedWithOperation"]?.GetValueKind() != JsonValueKind.True)
            faults.Add("agreedWithOperation", "Avstämt med verksamheten krävs.");
        if (document["state"] is not null) faults.OneOf(document, "state", PhraseStates);
        if (document["scope"] is not null) faults.OneOf(document, "scope", "Regional", "Lokal", "Personlig");
        // The unit decides where the phrase holds; a region of its own beside it would say something else.
        if (document["unit"]?.ToString() is { } unit && document["region"]?.ToString() is { } region && context.Reference.RegionOf(unit) != region)
            faults.Add("region", "Enheten ligger inte i regionen.");
    }

    /// <summary>What is sent to patients is put in use by those who may publish; what is approved is approved by those who may.</summary>
    private static bool MayPutPhrase(JsonObject document, JsonObject? before, CommandContext context)
    {
        var phrases = All.First(r => r.Kind == ReferenceKinds.Phrase);
        var (state, was) = (document["state"]?.ToString() ?? Published, before is null ? null : before["state"]?.ToString() ?? Published);
        var same = state == was && document["text"]?.ToString() == before?["text"]?.ToString();
        var needed = same ? null : state == Published || was == Published ? Permissions.PhrasePublish : state == PhraseStates[1] ? Permissions.PhraseApprove : null;
        return needed is null || AdministrationScope.Holds(context, needed, phrases.PlacesOf(document, context));
    }

    private static void CheckGroup(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        if (document["members"] is not JsonArray members) return;
        for (var i = 0; i < members.Count; i++)
        {
            var person = context.Reference.FindPerson(members[i]?.ToString());
            if (person is null || !AdministrationScope.MaySee(context, person)) faults.Add("members", $"Personen ”{members[i]}” finns inte.");
            else members[i] = person.Id;
        }
    }

    private static IReadOnlyList<string> AccessOf(JsonObject document, JsonObject? before) => SettingKinds.Access(Values(document), before is null ? null : Values(before));

    private static JsonObject Values(JsonObject setting) => new() { [setting["key"]?.ToString() ?? ""] = setting["value"]?.DeepClone() };

    private static void CheckSetting(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        document["scope"] ??= ReferenceView.Everywhere;
        faults.Key(document, "key");
        if (document["key"]?.ToString() is { } key && (before is null || !JsonNode.DeepEquals(document["value"], before["value"]))) SettingKinds.Check(key, document["value"], "value", context.Reference, faults);
    }
}
