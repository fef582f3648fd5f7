using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Database;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>What a change of reference data does to accounts, in its transaction.</summary>
internal static class AccountChanges
{
    // What tells who somebody is and whether he may be here; a new telephone number signs nobody out.
    private static readonly string[] Identity = ["userName", "displayName", "kind", "employedFrom", "employedTo"];

    /// <summary>Who is renamed or has left has to sign in again; who has no user name any longer does not sign in.</summary>
    public static void OfPerson(NpgsqlBatch batch, string id, JsonObject document, JsonObject? before)
    {
        if (before is null || Identity.All(f => Value(before, f) == Value(document, f))) return;
        if (document["userName"]?.ToString() is { Length: > 0 } userName) Rename(batch, id, userName);
        else Close(batch, id);
        Sessions.EndAll(batch, id);
    }

    /// <summary>
    /// Whose role is changed or ended has to sign in again. A role that is new takes effect with the next call and takes nothing away, so
    /// it ends nothing.
    /// </summary>
    public static void OfAssignment(NpgsqlBatch batch, JsonObject? before)
    {
        if (before?["person"]?.ToString() is { } person) Sessions.EndAll(batch, person);
    }

    /// <summary>The account follows its person's name; one that has kept a name which its person no longer has gives it up.</summary>
    private static void Rename(NpgsqlBatch batch, string id, string userName)
    {
        batch.Add("""
            UPDATE account SET user_name = '?' || person_id WHERE user_name = $2 AND person_id <> $1
              AND NOT EXISTS (SELECT FROM reference r WHERE r.kind = 'person' AND r.id = account.person_id AND r.data ->> 'userName' = $2)
            """, id, userName);
        batch.Add("UPDATE account SET user_name = $2 WHERE person_id = $1 AND user_name <> $2", id, userName);
    }

    /// <summary>
    /// A name that nobody can type, and no password. The account stays, for who was behind it is behind it still (ADR 0029): with a user name again it
    /// takes a new password.
    /// </summary>
    private static void Close(NpgsqlBatch batch, string id) =>
        batch.Add("UPDATE account SET user_name = '?' || person_id, password_hash = $2 WHERE person_id = $1", id, PasswordHash.OfNobody());

    // A kind that is not said is a person's.
    private static string? Value(JsonObject document, string field) => document[field]?.ToString() ?? (field == "kind" ? "person" : null);
}
