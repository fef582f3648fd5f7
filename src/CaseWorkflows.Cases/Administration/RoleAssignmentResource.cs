using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Who holds which role where (ONK-07, ROLL-14, ROLL-15). Nobody gives himself a role or more of one, in one step or in several.</summary>
internal sealed class RoleAssignmentResource : ReferenceResource
{
    public override string Kind => ReferenceKinds.RoleAssignment;

    public override string Path => "role-assignments";

    public override string Name => "Behörighet";

    public override IReadOnlyList<string> Permissions => [Organisation.Permissions.PermissionManage];

    public override Type Shape => typeof(RoleAssignment);

    public override IReadOnlyList<string> Fixed => ["person", "role", "unit", "reason", "coverFor", "grantedBy"];

    public override string FixedMessage => "Person, roll och enhet ändras inte. Avsluta behörigheten och skapa en ny.";

    public override bool OwnPeriod => true;

    public override IEnumerable<string> PlacesOf(JsonObject document, CommandContext context) =>
        document["unit"]?.ToString() is { Length: > 0 } unit ? [context.Reference.FindPlace(unit) ?? unit] : [];

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        var from = faults.Date(document, "from", required: false);
        var to = faults.Date(document, "to", required: false);
        if (from is not null && to is not null && to < from) faults.Add("to", "Slutdatumet ligger före startdatumet.");
        if (before is null) PrepareNew(document, context, faults);
        else if (before["person"]?.ToString() == context.Actor.PersonId)
        {
            foreach (var field in Wider(document, before)) faults.Add(field, "Du kan inte utöka din egen behörighet.");
        }
        else if (Wider(document, before).Any())
        {
            DemandProfession(document, context.Reference.FindPerson(document["person"]?.ToString()), context.Reference, faults);
        }
    }

    /// <summary>Who could not give the role may end it, and change nothing else in it.</summary>
    public override bool MayChange(JsonObject document, JsonObject? before, CommandContext context) =>
        before is null || AdministrationScope.IsSystemAdministrator(context.Actor)
        || !context.Reference.IsProduct(before["role"]?.ToString() ?? "") || !Wider(document, before).Any();

    internal override async Task<object?> CheckAsync(
        NpgsqlDataSource database, JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults, CancellationToken ct)
    {
        if (before is not null && !Wider(document, before).Any()) return null;
        var person = document["person"]!.ToString();
        var (fault, setBy) = await AccountPower.OfGrantAsync(database, context, person, document["role"]!.ToString(), document["unit"]!.ToString(), ct);
        if (fault is not null) faults.Add("person", fault);
        return new Decided(person, setBy);
    }

    /// <summary>Who administers the service is known to those who do, and to those who work everywhere.</summary>
    public override bool MayRead(JsonObject document, CommandContext context) =>
        document["unit"]?.ToString() == ReferenceView.Everywhere
            ? document["person"]?.ToString() == context.Actor.PersonId || context.Actor.Assignments.Any(a => a.Unit == ReferenceView.Everywhere)
            : base.MayRead(document, context);

    internal override void AppendAlso(NpgsqlBatch batch, string id, JsonObject document, JsonObject? before, object? decided)
    {
        // Only while the password is still whose it was when this was decided.
        if (decided is Decided(var person, var setBy)) batch.Add("SELECT account_expect($1, $2)", person, Sql.Value(setBy));
        AccountChanges.OfAssignment(batch, before);
    }

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

    private static void PrepareNew(JsonObject document, CommandContext context, FieldFaults faults)
    {
        var reference = context.Reference;
        var person = faults.Person(document, "person", context);
        faults.Place(document, "unit", reference, required: true);
        if (faults.Required(document, "role") is { } given)
        {
            if (reference.FindRole(given) is not { } role) faults.Add("role", "Rollen finns inte.");
            else
            {
                document["role"] = role.Code;
                DemandProfession(document, person, reference, faults);
                // What gives power over the product is given by its administrators only.
                if (role.Product && !AdministrationScope.IsSystemAdministrator(context.Actor)) faults.Add("role", "Rollen delas inte ut här.");
            }
        }

        if (person is not null && person.Id == context.Actor.PersonId) faults.Add("person", "Du kan inte ge dig själv en behörighet.");
        // Cover follows from an absence, and from nothing else.
        if ((document["reason"]?.ToString() ?? RoleAssignment.Own) != RoleAssignment.Own) faults.Add("reason", "Ersättare ordnas genom en frånvaro.");
        if (document["coverFor"] is not null) faults.Add("coverFor", "Ersättare ordnas genom en frånvaro.");
        document["reason"] = RoleAssignment.Own;
        document["grantedBy"] = context.Actor.PersonId;
    }

    private static void DemandProfession(JsonObject document, Person? person, ReferenceView reference, FieldFaults faults)
    {
        if (person is null || reference.Roles.GetValueOrDefault(document["role"]?.ToString() ?? "") is not { Professions.Count: > 0 } role) return;
        if (person.Profession is not { } profession) faults.Add("role", $"Personens yrkesroll saknas. Den krävs för {reference.RoleLabel(role.Code)}.");
        else if (!role.Professions.Contains(profession)) faults.Add("role", $"Yrkesroll ej tillåten för {reference.RoleLabel(role.Code)}");
    }

    /// <summary>The fields that make more of the role than it was.</summary>
    private static IEnumerable<string> Wider(JsonObject document, JsonObject before)
    {
        // Dates are yyyy-mm-dd here, which order as text.
        if (before["to"]?.ToString() is { } to && (document["to"]?.ToString() is not { } later || string.CompareOrdinal(later, to) > 0)) yield return "to";
        if (before["from"]?.ToString() is { } from && (document["from"]?.ToString() is not { } earlier || string.CompareOrdinal(earlier, from) < 0)) yield return "from";
        if (before["group"]?.ToString() != document["group"]?.ToString()) yield return "group";
    }

    private sealed record Decided(string Person, string? SetBy);
}
