using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Units with their case type offers (ROLL-02, ROLL-04) and settings.</summary>
internal sealed class UnitResource : ReferenceResource
{
    public override string Kind => ReferenceKinds.Unit;

    public override string Path => "units";

    public override string Name => "Enhet";

    public override bool MovesTriggers => true;

    public override string? ScopeOf(JsonObject document, CommandContext context) =>
        document["id"]?.ToString() is { } id && context.Reference.Units.ContainsKey(id) ? id : document["region"]?.ToString();

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        var reference = context.Reference;
        var name = faults.Required(document, "name");
        var region = faults.Required(document, "region");
        if (region is not null && !reference.Regions.ContainsKey(region)) faults.Add("region", "Regionen finns inte.");
        if (before is not null && region != before["region"]?.ToString()) faults.Add("region", "En enhet flyttas inte mellan regioner.");
        if (before is null && name is not null && reference.FindUnit(name) is not null) faults.Add("name", "Det finns redan en enhet med det namnet.");
        if (document["verksamhet"]?.ToString() is { } operation && reference.FindUnit(operation) is null) faults.Add("verksamhet", "Verksamheten finns inte.");
        foreach (var offer in (document["caseTypeOffers"] as JsonArray ?? []).OfType<JsonObject>()) CheckOffer(offer, document, region, reference, faults);
        // X-21: no unit goes live without opening hours.
        if (before is null) document["aktiverad"] = false;
        else if (document["aktiverad"]?.GetValue<bool>() == true && before["aktiverad"]?.GetValue<bool>() != true && !reference.HasHours(document["id"]!.ToString()))
            faults.Add("aktiverad", "Enheten kan inte aktiveras utan öppettider.");
    }

    public override bool MayWrite(JsonObject document, CommandContext context) =>
        ScopeOf(document, context) is { } scope && (context.Actor.May(Permissions.UnitManage, scope) || context.Actor.May(Permissions.CaseTypeManage, scope));

    private static void CheckOffer(JsonObject offer, JsonObject unit, string? region, ReferenceView reference, FieldFaults faults)
    {
        var type = reference.FindCaseType(offer["type"]?.ToString());
        if (type is null)
        {
            faults.Add("caseTypeOffers", $"Ärendetypen ”{offer["type"]}” finns inte.");
            return;
        }

        offer["type"] = type.Code;
        var active = offer["active"]?.GetValue<bool>() != false;
        var within = new[] { unit["förvaltning"]?.ToString(), region };
        if (active && type.OnlyWithin.Count > 0 && !type.OnlyWithin.Any(within.Contains))
            faults.Add("caseTypeOffers", type.OnlyWithinMessage ?? "Ärendetypen erbjuds inte här.");
    }
}
