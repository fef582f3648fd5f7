using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Gives people passwords, and an empty production database its first administrator.</summary>
public sealed class Accounts(NpgsqlDataSource database)
{
    private const int LeastLength = 12;
    private const string FirstUser = "admin";

    /// <summary>Sets the password of a person whose permissions the actor manages.</summary>
    public async Task SetPasswordAsync(CommandContext context, string person, string? password, CancellationToken ct)
    {
        var known = context.Reference.FindPerson(person) ?? throw new NotFoundException();
        var units = context.Reference.AssignmentsOf(known.Id).Select(a => a.Unit).ToList();
        if (units.Count > 0 && !units.Any(u => u == ReferenceView.Everywhere || (context.Reference.RegionOf(u) is { } region && context.Actor.InRegion(region)))) throw new NotFoundException();
        var may = units.Count == 0 ? context.Actor.MayAnywhere(Permissions.PermissionManage)
            : units.All(u => context.Actor.May(Permissions.PermissionManage, u) || context.Actor.MayAnywhere(Permissions.SystemAdmin));
        if (!may) throw new ForbiddenException("Sätt lösenord");
        if (known.UserName is not { } userName) throw new ValidationFailedException("userName", "Personen saknar användarnamn.");
        if (password is null || password.Length < LeastLength) throw new ValidationFailedException("password", $"Lösenordet ska ha minst {LeastLength} tecken.");

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        Set(batch, known.Id, userName, password, context.Now);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = "Lösenord satt", Actor = context.Actor, At = context.Now, Region = context.Reference.RegionOf(units.FirstOrDefault()) ?? context.Actor.Regions.FirstOrDefault() ?? "",
            After = userName, Source = context.Source
        });
        context.Idempotency?.Append(batch, $"people:{known.Id}");
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Makes the first administrator when nobody has an account yet.</summary>
    /// <returns>False when there are accounts already.</returns>
    public async Task<bool> EnsureFirstAdministratorAsync(string password, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // The version row is the lock: hosts that start together make one.
        await using (var look = new NpgsqlCommand("SELECT EXISTS (SELECT 1 FROM account) FROM reference_version FOR UPDATE", connection))
        {
            if (await look.ExecuteScalarAsync(ct) is true) return false;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        ReferenceWriter.Save(batch, ReferenceKinds.Person, FirstUser, null, null, null,
            new JsonObject { ["id"] = FirstUser, ["userName"] = FirstUser, ["displayName"] = "Administratör" }, null, now);
        ReferenceWriter.Save(batch, ReferenceKinds.RoleAssignment, $"{FirstUser}:administrator", null, null, null,
            new JsonObject { ["id"] = $"{FirstUser}:administrator", ["person"] = FirstUser, ["role"] = "administrator", ["unit"] = ReferenceView.Everywhere }, null, now);
        Set(batch, FirstUser, FirstUser, password, now);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static void Set(NpgsqlBatch batch, string personId, string userName, string password, DateTimeOffset now) =>
        batch.Add("""
            INSERT INTO account (person_id, user_name, password_hash, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (person_id) DO UPDATE SET user_name = excluded.user_name, password_hash = excluded.password_hash, failures = 0, locked_until = NULL, changed_at = excluded.changed_at
            """, personId, userName, PasswordHash.Create(password), now);
}
