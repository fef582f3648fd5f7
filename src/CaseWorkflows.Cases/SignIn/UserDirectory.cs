using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Accounts in the database. Ten failures in a row lock an account for a while, in machine time.</summary>
internal sealed class UserDirectory(NpgsqlDataSource database, CommandContexts contexts) : IUserDirectory
{
    private const int FailuresBeforeLock = 10;
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(10);

    // An unknown user costs as much time as a wrong password.
    private static readonly string Nobody = PasswordHash.Create(Guid.NewGuid().ToString());

    // Verified recently in this process: the same password of the same stored hash need not be stretched again.
    private readonly RecentPasswords _recent = new();

    public async Task<SignInResult?> VerifyAsync(string userName, string password, CancellationToken ct)
    {
        string? personId = null;
        var stored = Nobody;
        var locked = false;
        await using (var command = database.CreateCommand("SELECT person_id, password_hash, locked_until > clock_timestamp() FROM account WHERE user_name = $1").With(userName))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (await reader.ReadAsync(ct)) (personId, stored, locked) = (reader.GetString(0), reader.GetString(1), !reader.IsDBNull(2) && reader.GetBoolean(2));
        }

        var right = _recent.Knows(stored, password) || PasswordHash.Verify(password, stored);
        if (personId is null || locked) return null;
        if (!right)
        {
            await using var failed = database.CreateCommand("""
                UPDATE account SET failures = failures + 1, locked_until = CASE WHEN failures + 1 >= $2 THEN clock_timestamp() + make_interval(secs => $3) END
                WHERE user_name = $1
                """).With(userName, FailuresBeforeLock, (int)LockTime.TotalSeconds);
            await failed.ExecuteNonQueryAsync(ct);
            return null;
        }

        _recent.Remember(stored, password);
        await using var succeeded = database.CreateCommand("UPDATE account SET failures = 0, locked_until = NULL WHERE user_name = $1 AND failures > 0").With(userName);
        await succeeded.ExecuteNonQueryAsync(ct);
        return await FindAsync(personId, ct) is { } user ? new SignInResult(personId, userName, user) : null;
    }

    public async Task<SignedInUser?> FindAsync(string personId, CancellationToken ct) =>
        await contexts.ForPersonAsync(personId, ct: ct) is not { } context ? null : new SignedInUser(
            personId, context.Actor.DisplayName ?? personId,
            [.. context.Actor.Assignments.Select(a => new SignedInRole(context.Reference.RoleLabel(a.Role), a.Unit == ReferenceView.Everywhere ? null : context.Reference.UnitName(a.Unit))).Distinct()]);
}
