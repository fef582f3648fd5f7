using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Units with their case type offers (ROLL-02, ROLL-04) and settings.</summary>
internal sealed partial class UnitResource : ReferenceResource
{
    private const string Offers = "caseTypeOffers";
    private const string OperationType = "verksamhet";

    public override string Kind => ReferenceKinds.Unit;

    public override string Path => "units";

    public override string Name => "Enhet";

    public override bool MovesTriggers => true;

    public override IReadOnlyList<string> Permissions => [Organisation.Permissions.UnitManage, Organisation.Permissions.CaseTypeManage];

    public override Type Shape => typeof(Unit);

    public override IReadOnlyList<string> Fixed => ["region"];

    public override string FixedMessage => "En enhet flyttas inte mellan regioner.";

    /// <summary>The unit itself; where it is put, when it is new or moved to another operation.</summary>
    public override IEnumerable<string> PlacesOf(JsonObject document, CommandContext context)
    {
        var (operation, region) = (document["verksamhet"]?.ToString(), document["region"]?.ToString());
        var above = operation is { Length: > 0 } ? context.Reference.FindPlace(operation) ?? operation : region;
        if (document["id"]?.ToString() is not { } id || !context.Reference.Units.TryGetValue(id, out var unit)) return above is null ? [] : [above];
        return unit.Operation == (operation is { Length: > 0 } ? above : null) || above is null ? [unit.Id] : [unit.Id, above];
    }

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        var reference = context.Reference;
        var id = before is null ? null : document["id"]?.ToString();
        if (faults.Required(document, "name") is { } name && reference.IsReservedName(name)) faults.Add("name", "Namnet är reserverat. Välj ett annat.");
        CheckPrefix(document, before, faults);
        var region = faults.Required(document, "region");
        if (region is not null && !reference.Regions.ContainsKey(region)) faults.Add("region", "Regionen finns inte.");
        PrepareOperation(document, id, region, reference, faults);
        PrepareColleagues(document, region, reference, faults);
        foreach (var offer in (document[Offers] as JsonArray ?? []).OfType<JsonObject>()) CheckOffer(offer, document, region, reference, faults);
        if (document["settings"] is JsonObject settings) SettingKinds.Check(settings, before?["settings"] as JsonObject, "settings.", reference, faults);
        // X-21: no unit goes live without opening hours.
        if (before is null) document["aktiverad"] = false;
        else if (Is(document, "aktiverad") && !Is(before, "aktiverad") && !reference.HasHours(id!))
            faults.Add("aktiverad", "Enheten kan inte aktiveras utan öppettider.");
    }

    /// <summary>Those who decide about case types only change what the unit offers.</summary>
    public override bool MayChange(JsonObject document, JsonObject? before, CommandContext context) =>
        SettingKinds.MaySet(AccessOf(document, before), PlacesOf(document, context), context)
        && (AdministrationScope.Holds(context, Organisation.Permissions.UnitManage, PlacesOf(document, context))
        || (before is not null && document.Select(p => p.Key).Union(before.Select(p => p.Key)).All(f => f == Offers || JsonNode.DeepEquals(document[f], before[f]))));

    internal override IReadOnlyList<IBurstParticipant> WordOf(JsonObject document, JsonObject? before, CommandContext context, DeliveryChannels channels) =>
        SettingKinds.WordOf(AccessOf(document, before), PlacesOf(document, context).FirstOrDefault() ?? ReferenceView.Everywhere, context, channels);

    private static IReadOnlyList<string> AccessOf(JsonObject document, JsonObject? before) =>
        SettingKinds.Access(document["settings"] as JsonObject, before?["settings"] as JsonObject);

    // It stands in every number, notice, address and file name of the unit's cases.
    private static void CheckPrefix(JsonObject document, JsonObject? before, FieldFaults faults)
    {
        if (document["numberPrefix"] is not { } given || JsonNode.DeepEquals(given, before?["numberPrefix"])) return;
        if (!Prefix().IsMatch(given.ToString())) faults.Add("numberPrefix", "Ange 2–10 bokstäver, siffror eller bindestreck, först och sist en bokstav eller siffra.");
    }

    [GeneratedRegex("^[A-Za-zÅÄÖåäö0-9][A-Za-zÅÄÖåäö0-9-]{0,8}[A-Za-zÅÄÖåäö0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    private static bool Is(JsonObject document, string field) => document[field]?.GetValueKind() == JsonValueKind.True;

    private static void PrepareOperation(JsonObject document, string? id, string? region, ReferenceView reference, FieldFaults faults)
    {
        if (document["verksamhet"]?.ToString() is not { Length: > 0 } text) return;
        // An operation is offered as one and not as a unit: what belongs to another would be found nowhere.
        if (document["type"]?.ToString() == OperationType) faults.Add("type", "En enhet i en verksamhet är själv ingen verksamhet.");
        var operation = reference.FindUnit(text);
        // Two levels only: an operation belongs to no other, so a unit with units of its own does not get one.
        if (operation is null || operation.Region != region || operation.Id == id || operation.Operation is not null) faults.Add("verksamhet", "Verksamheten finns inte.");
        else if (id is not null && reference.Units.Values.Any(u => u.Operation == id)) faults.Add("verksamhet", "En verksamhet tillhör ingen annan verksamhet.");
        else document["verksamhet"] = operation.Id;
    }

    private static void PrepareColleagues(JsonObject document, string? region, ReferenceView reference, FieldFaults faults)
    {
        if (document["collaboratingUnits"] is not JsonArray units) return;
        for (var i = 0; i < units.Count; i++)
        {
            if (reference.FindUnit(units[i]?.ToString()) is { } unit && unit.Region == region) units[i] = unit.Id;
            else faults.Add("collaboratingUnits", $"Enheten ”{units[i]}” finns inte.");
        }
    }

    private static void CheckOffer(JsonObject offer, JsonObject unit, string? region, ReferenceView reference, FieldFaults faults)
    {
        var type = reference.FindCaseType(offer["type"]?.ToString());
        if (type is null)
        {
            faults.Add(Offers, $"Ärendetypen ”{offer["type"]}” finns inte.");
            return;
        }

        offer["type"] = type.Code;
        var active = offer["active"]?.GetValueKind() != JsonValueKind.False;
        var within = new[] { unit["förvaltning"]?.ToString(), region };
        if (active && type.OnlyWithin.Count > 0 && !type.OnlyWithin.Any(within.Contains))
            faults.Add(Offers, type.OnlyWithinMessage ?? "Ärendetypen erbjuds inte här.");
    }
}
