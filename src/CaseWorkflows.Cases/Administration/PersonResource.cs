using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Staff and integration clients. Colleagues know each other by name, title and role; how to reach somebody is for those who manage them.</summary>
internal sealed partial class PersonResource : ReferenceResource
{
    private const string Staff = "person";
    private const string Integration = "integration";

    // Shown to the person and to those who manage the person.
    private static readonly string[] Reserved = ["email", "ePostavisering", "tjänstetelefon", "hsaId", "utbildad", "employedFrom", "employedTo", "region"];

    private static readonly string[] Employment = ["employedFrom", "employedTo"];

    public override string Kind => ReferenceKinds.Person;

    public override string Path => "people";

    public override string Name => "Medarbetare";

    public override IReadOnlyList<string> Permissions => [Organisation.Permissions.PermissionManage];

    public override Type Shape => typeof(Person);

    // The account and its sessions follow them.
    public override IReadOnlyList<string> Immediate => ["userName", "kind"];

    public override IReadOnlyList<string> Personal => ["email", "tjänstetelefon", "hsaId"];

    public override IEnumerable<string> PlacesOf(JsonObject document, CommandContext context)
    {
        var person = PersonOf(document);
        var places = person is null ? [] : AdministrationScope.PlacesOf(context.Reference, person);
        return places.Count > 0 ? places : person?.Region is { } region ? [region] : [];
    }

    public override void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        faults.Required(document, "displayName");
        CheckUserName(document, before, context, faults);
        if (before?["email"]?.ToString() != document["email"]?.ToString()) CheckEmail(document, faults);
        document["kind"] ??= Staff;
        faults.OneOf(document, "kind", Staff, Integration);
        if (faults.Date(document, "employedTo", required: false) < faults.Date(document, "employedFrom", required: false)) faults.Add("employedTo", "Slutdatumet ligger före startdatumet.");
        PrepareRegion(document, before, context, faults);
        if (before is null) return;

        // D1177-08: names come from the directory and are not edited here.
        foreach (var field in (string[])["firstName", "lastName", "hsaId"])
            if (before[field]?.ToString() is { } was && was != document[field]?.ToString()) faults.Add(field, "Uppgiften hämtas från katalogen och ändras inte här.");
        if (document["id"]?.ToString() != context.Actor.PersonId) return;
        // Four eyes: what decides which roles one may hold, and who one is, another administrator changes.
        foreach (var field in (string[])["userName", "profession", "hsaId", "utbildad"])
            if (!JsonNode.DeepEquals(before[field], document[field])) faults.Add(field, "Du kan inte ändra detta för dig själv.");
        if (document["kind"]?.ToString() != (before["kind"]?.ToString() ?? Staff)) faults.Add("kind", "Du kan inte ändra detta för dig själv.");
    }

    /// <summary>One mailbox, as it stands: a channel sends to whatever is written there.</summary>
    private static void CheckEmail(JsonObject document, FieldFaults faults)
    {
        if (document["email"]?.ToString() is not { Length: > 0 } email) return;
        if (!System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email || !address.Host.Contains('.') || email.Length > 254)
            faults.Add("email", "Ange en e-postadress, till exempel namn@exempel.se.");
    }

    public override bool MayWrite(JsonObject document, CommandContext context) =>
        PersonOf(document) is { } person && AdministrationScope.MayAdminister(context, person, Organisation.Permissions.PermissionManage);

    /// <summary>An integration client is the service's, not a clinic's; and nobody ends what is above him.</summary>
    public override bool MayChange(JsonObject document, JsonObject? before, CommandContext context) =>
        AdministrationScope.IsSystemAdministrator(context.Actor)
        || (IsStaff(document) && (before is null || (IsStaff(before) && (!Ends(document, before) || (PersonOf(before) is { } person && AccountPower.MayEnd(context, person))))));

    public override bool MayRead(JsonObject document, CommandContext context) =>
        context.Actor.Kind == ActorKind.Person && PersonOf(document) is { } person && AdministrationScope.MaySee(context, person);

    public override JsonObject Show(JsonObject document, CommandContext context)
    {
        var shown = base.Show(document, context);
        if (PersonOf(document) is not { } person) return shown;
        shown["roles"] = new JsonArray([.. context.Reference.AssignmentsOf(person.Id)
            .Where(a => a.Reason == RoleAssignment.Own && (a.Unit == ReferenceView.Everywhere || (context.Reference.RegionOf(a.Unit) is { } region && context.Actor.InRegion(region))))
            .Select(a => new JsonObject { ["role"] = a.Role, ["unit"] = a.Unit })]);
        if (person.Id == context.Actor.PersonId || Manages(person, context)) return shown;
        foreach (var field in Reserved)
            if (shown.ContainsKey(field)) shown[field] = null;
        return shown;
    }

    /// <summary>The account goes by the user name: the two change together.</summary>
    internal override void AppendAlso(NpgsqlBatch batch, string id, JsonObject document, JsonObject? before, object? decided) =>
        AccountChanges.OfPerson(batch, id, document, before);

    /// <summary>What is told of the account goes to its address: who had it hears that it goes elsewhere.</summary>
    internal override IReadOnlyList<IBurstParticipant> WordOf(JsonObject document, JsonObject? before, CommandContext context, DeliveryChannels channels)
    {
        if (before is null || PersonOf(before) is not { Email: { } address } owner || SoundText.Same(address, document["email"]?.ToString())) return [];
        return [new AccountWord(context, owner, [address], RegionOf(document, context), "Din e-postadress har ändrats",
            $"{context.Actor.DisplayName} har ändrat e-postadressen för {owner.ShortName}. Var det inte väntat: kontakta den som sköter behörigheter.", channels)];
    }

    private static bool IsStaff(JsonObject document) => document["kind"]?.ToString() is null or Staff;

    /// <summary>Other days of employment, or no user name any longer.</summary>
    private static bool Ends(JsonObject document, JsonObject before) =>
        Employment.Any(f => document[f]?.ToString() != before[f]?.ToString()) || (before["userName"]?.ToString() is { } name && document["userName"]?.ToString() != name);

    private static bool Manages(Person person, CommandContext context) =>
        AdministrationScope.MayAdminister(context, person, Organisation.Permissions.PermissionManage)
        || AdministrationScope.PlacesOf(context.Reference, person).Any(p =>
            context.Actor.May(Organisation.Permissions.AbsenceManage, p) || context.Actor.May(Organisation.Permissions.PermissionManage, p));

    // The region whose administrators give the first role: where the one who adds the person administers.
    private static void PrepareRegion(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        if (document["region"]?.ToString() is { } given && !context.Reference.Regions.ContainsKey(given)) faults.Add("region", "Regionen finns inte.");
        if (AdministrationScope.IsSystemAdministrator(context.Actor)) return;
        var regions = AdministrationScope.RegionsWith(context, Organisation.Permissions.PermissionManage);
        if (before is null && document["region"] is null && regions.Count == 1) document["region"] = regions[0];
        if (before is not null && document["region"]?.ToString() != before["region"]?.ToString()) faults.Add("region", "Regionen ändras av tjänstens administratör.");
        if (before is null && document["region"] is null) faults.Add("region", "Ange region.");
    }

    private static Person? PersonOf(JsonObject document)
    {
        try
        {
            var named = (JsonObject)document.DeepClone();
            named["id"] ??= "";
            named["displayName"] ??= "";
            return ReferenceJson.Read<Person>(named);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One name cannot be taken for another's: one alphabet, no mark at its ends, and none that looks like one that is there.</summary>
    private static void CheckUserName(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults)
    {
        if (document["userName"]?.ToString() is not { } name || name == before?["userName"]?.ToString()) return;
        if (!UserName().IsMatch(name))
            faults.Add("userName", "Användarnamnet får ha bokstäverna a–ö, siffror och tecknen . _ - + @, högst 100, först och sist en bokstav eller siffra.");
        else if (context.Reference.People.Values.Any(p => p.UserName is { } other && p.Id != document["id"]?.ToString() && !Folded.Same(other, name) && Looks(other) == Looks(name)))
            faults.Add("userName", "Användarnamnet är för likt ett som finns.");
    }

    // What many typefaces draw alike.
    private static string Looks(string name) =>
        name.ToLowerInvariant().Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal).Replace('1', 'l').Replace('i', 'l').Replace('0', 'o');

    [GeneratedRegex(@"^[a-zåäöéèüA-ZÅÄÖÉÈÜ0-9]([a-zåäöéèüA-ZÅÄÖÉÈÜ0-9._\-+@]{0,98}[a-zåäöéèüA-ZÅÄÖÉÈÜ0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex UserName();
}
