using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Who holds which role where (ONK-07, ROLL-14, ROLL-15).</summary>
internal sealed class RoleAssignmentResource : ReferenceResource
{
    public override string Kind => ReferenceKinds.RoleAssignment;

    public override string Path => "role-assignments";

    public override string Name => "Behörighet";

    public override bool OwnPeriod => true;

    public override string? ScopeOf(JsonObject document, CommandContext context) =>
        document["unit"]?.ToString() is { } unit ? context.Reference.FindUnit(unit)?.Id ?? unit : null;

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        var reference = context.Reference;
        var person = faults.Person(document, "person", reference);
        var scope = faults.Required(document, "unit");
        if (scope is not null && reference.FindUnit(scope) is { } unit) document["unit"] = unit.Id;
        else if (scope is not null && !reference.Regions.ContainsKey(scope) && scope != ReferenceView.Everywhere) faults.Add("unit", "Enheten finns inte.");
        if (faults.Required(document, "role") is { } given)
        {
            if (reference.FindRole(given) is not { } role) faults.Add("role", "Rollen finns inte.");
            else
            {
                document["role"] = role.Code;
                if (person is not null && role.Professions.Count > 0 && person.Profession is { } profession && !role.Professions.Contains(profession))
                    faults.Add("role", $"Yrkesroll ej tillåten för {reference.RoleLabel(role.Code)}");
                // What gives power over the product is given by its administrators only.
                if (role.Product && !context.Actor.MayAnywhere(Permissions.SystemAdmin)) faults.Add("role", "Rollen delas inte ut här.");
            }
        }

        var from = faults.Date(document, "from", required: false);
        var to = faults.Date(document, "to", required: false);
        if (from is not null && to is not null && to < from) faults.Add("to", "Slutdatumet ligger före startdatumet.");
        // Four eyes.
        if (person is not null && person.Id == context.Actor.PersonId && before is null) faults.Add("person", "Du kan inte ge dig själv en behörighet.");
        document["reason"] ??= RoleAssignment.Own;
        document["grantedBy"] = context.Actor.PersonId;
    }

    public override bool MayWrite(JsonObject document, CommandContext context) =>
        ScopeOf(document, context) is { } scope && (context.Actor.May(Permissions.PermissionManage, scope)
            || (scope == ReferenceView.Everywhere && context.Actor.MayAnywhere(Permissions.SystemAdmin)));

    public override JsonObject Show(JsonObject document, CommandContext context)
    {
        var shown = base.Show(document, context);
        shown["unitName"] = context.Reference.UnitName(document["unit"]?.ToString());
        shown["roleName"] = context.Reference.RoleName(document["role"]?.ToString() ?? "");
        if (document["unit"]?.ToString() is { } unit && context.Reference.Roles.GetValueOrDefault(document["role"]?.ToString() ?? "") is { MinimumPerUnit: { } least } role
            && context.Reference.Units.ContainsKey(unit))
        {
            var holders = context.Reference.Holders(role.Code, unit).Count;
            shown["warning"] = holders < least ? $"Minst {least} {role.Name.ToLowerInvariant()} krävs (nu {holders})" : null;
        }

        return shown;
    }
}
