using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Gives an empty production database somebody to sign in as.</summary>
public sealed class FirstAdministrator(NpgsqlDataSource database)
{
    private const string FirstUser = "admin";

    /// <summary>Makes the first administrator when nobody has an account yet.</summary>
    /// <returns>False when there are accounts already.</returns>
    public async Task<bool> EnsureAsync(string password, DateTimeOffset now, CancellationToken ct)
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
        // Whoever configures the host is its first administrator: nobody else has set this password.
        Accounts.Set(batch, FirstUser, FirstUser, PasswordHash.Create(password), setBy: null, now);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
