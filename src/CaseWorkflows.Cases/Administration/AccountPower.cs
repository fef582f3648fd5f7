using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>
/// Whoever can sign in as another never has more by it than he has himself (ADR 0029). Behind an account are its owner and whoever last set
/// its password, and who was behind that one then: the owner's change of it proves nothing, for the one who set it can make it.
/// </summary>
internal static class AccountPower
{
    /// <summary>The actor may set the person's password: the roles that the person has and will have give nothing that the actor lacks there, and none is the product's own.</summary>
    public static bool MayServe(CommandContext context, Person person) =>
        AdministrationScope.IsSystemAdministrator(context.Actor)
        || context.Reference.UnendedAssignmentsOf(person.Id).All(a => !context.Reference.IsProduct(a.Role) && HasAll(context.Actor, a.Role, a.Unit, context.Reference));

    /// <summary>
    /// The actor may end the person's employment or account: nobody does that to somebody who has, or will have, power over others that he lacks
    /// there. To work with patients is no such power: who manages a clinic's people does not read their cases.
    /// </summary>
    public static bool MayEnd(CommandContext context, Person person) =>
        AdministrationScope.IsSystemAdministrator(context.Actor)
        || context.Reference.UnendedAssignmentsOf(person.Id).All(a => !context.Reference.IsProduct(a.Role)
            && Has(context.Actor, a.Role, a.Unit, context.Reference, Permissions.OverOthers.Contains));

    /// <summary>Why the actor may not give the person the role; null = he may. Also who set the person's password, which has to stand in the transaction.</summary>
    public static async Task<(string? Fault, string? SetBy)> OfGrantAsync(
        NpgsqlDataSource database, CommandContext context, string person, string role, string unit, CancellationToken ct)
    {
        var giver = context.Actor.PersonId!;
        var (hands, setBy, profession) = await ReadAsync(database, giver, person, ct);
        if (AdministrationScope.IsSystemAdministrator(context.Actor)) return (null, setBy);
        // Whoever has left as well: he knows the passwords, and an end of employment is written by those he is behind.
        if (hands[giver].Intersect(hands[person]).Any(h => !Holds(h, role, unit, context.Reference)))
            return ("Den som har satt ett lösenord ger inte kontot mer än han eller hon själv har. En annan administratör behöver ge rollen.", setBy);
        if (context.Reference.Roles.GetValueOrDefault(role)?.Professions.Count > 0 && profession is not null && hands[giver].Contains(profession))
            return ("Du har själv ändrat personens yrkesroll. En annan administratör behöver ge rollen.", setBy);
        return (null, setBy);
    }

    private static bool Holds(string person, string role, string unit, ReferenceView reference) =>
        reference.FindPerson(person) is { } known && Actor.Of(known, reference) is var actor
        && (AdministrationScope.IsSystemAdministrator(actor) || HasAll(actor, role, unit, reference));

    private static bool HasAll(Actor actor, string role, string unit, ReferenceView reference) =>
        Has(actor, role, unit, reference, p => Permissions.OverOthers.Contains(p) || Permissions.OverPatients.Contains(p));

    private static bool Has(Actor actor, string role, string unit, ReferenceView reference, Func<string, bool> counts) =>
        (reference.Roles.GetValueOrDefault(role)?.Permissions ?? []).Where(counts).All(p => actor.May(p, unit));

    /// <summary>Everybody behind the two accounts; who set the second's password; who last changed its owner's profession, if anybody has.</summary>
    private static async Task<(IReadOnlyDictionary<string, HashSet<string>> Hands, string? SetBy, string? Profession)> ReadAsync(
        NpgsqlDataSource database, string giver, string person, CancellationToken ct)
    {
        var hands = new Dictionary<string, HashSet<string>> { [giver] = [giver], [person] = [person] };
        await using var command = database.CreateCommand("""
            SELECT 'hand', a.person_id, h FROM account a, unnest(a.behind) AS h WHERE a.person_id = ANY (ARRAY[$1, $2])
            UNION ALL SELECT 'set', $2, a.set_by FROM account a WHERE a.person_id = $2
            UNION ALL (SELECT 'profession', $2, v.changed_by
              FROM (SELECT r.changed_by, r.valid_from, r.data ->> 'profession' AS is_now, lag(r.data ->> 'profession') OVER w AS was, row_number() OVER w AS n
                FROM reference r WHERE r.kind = 'person' AND r.id = $2 WINDOW w AS (ORDER BY r.valid_from)) v
              WHERE v.n > 1 AND v.is_now IS DISTINCT FROM v.was ORDER BY v.valid_from DESC LIMIT 1)
            """).With(giver, person);
        await using var reader = await command.ExecuteReaderAsync(ct);
        string? setBy = null, profession = null;
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetString(0) == "set") setBy = reader.Text(2);
            else if (reader.GetString(0) == "profession") profession = reader.Text(2);
            else hands[reader.GetString(1)].Add(reader.GetString(2));
        }

        return (hands, setBy, profession);
    }
}
