using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Engine.Text;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Accounts in the database.</summary>
internal sealed class UserDirectory(NpgsqlDataSource database, CommandContexts contexts, SignInLimits limits, SignInOptions options) : IUserDirectory
{
    private readonly SignInAttempts _attempts = new(database);

    public async Task<SignInResult?> VerifyAsync(string userName, string password, string address, CancellationToken ct)
    {
        userName = SoundText.KeepingNull(userName);
        if (await CheckAsync(userName, password, address, ct) is not { PersonId: { } personId } account) return null;
        // An account whose person has left or has another user name now opens nothing.
        if (await contexts.ForPersonAsync(personId, ct: ct) is not { } context || context.Actor.UserName is not { } known || Folded.Of(known) != Folded.Of(userName)) return null;
        var session = Guid.CreateVersion7();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        SignInAttempts.Succeed(batch, account, address);
        Sessions.Begin(batch, session, personId, account.SecurityStamp, options.SessionLifetime);
        await batch.ExecuteNonQueryAsync(ct);
        return new SignInResult(personId, known, User(context), session, account.MustChange);
    }

    public async Task<SignedInUser?> FindAsync(string personId, CancellationToken ct) =>
        await contexts.ForPersonAsync(personId, ct: ct) is { } context ? User(context) : null;

    /// <summary>The account, when the password is right and it is not locked. What is refused is counted.</summary>
    /// <exception cref="TooManyAttemptsException">The address has been wrong too often, and this account is not known there.</exception>
    public async Task<SignInAccount?> CheckAsync(string userName, string password, string address, CancellationToken ct)
    {
        var account = await _attempts.FindAsync(userName, address, ct);
        var remembered = RecentPasswords.IsRight(account.Hash, password);
        DemandTurn(account, address, remembered);
        // The short cut is for who gets in: everybody else waits for exactly one hash, a locked account's right password too.
        var right = (remembered == true && !account.Locked) || await limits.StretchAsync(() =>
        {
            DemandTurn(account, address, remembered);   // others may have been wrong while this one waited
            return PasswordHash.Verify(password, account.Hash);
        }, ct);
        if (right && !account.Locked && account.PersonId is not null)
        {
            RecentPasswords.Remember(account.Hash, password);
            if (PasswordHash.IsBelowCost(account.Hash)) await RaiseCostAsync(account, password, ct);
            return account;
        }

        limits.CountFailure(address);
        await _attempts.FailAsync(account, address);
        return null;
    }

    /// <summary>
    /// A colleague behind the same address who guesses does not hold up those who have signed in there. Development alone looks whether a
    /// limited attempt might succeed, and does its work only then.
    /// </summary>
    private void DemandTurn(SignInAccount account, string address, bool? remembered)
    {
        if (limits.WaitOf(address) is not { } wait || account is { Locked: false, KnownAddress: true }) return;
        if (options.SuccessIsNeverLimited && account is { PersonId: not null, Locked: false } && remembered != false) return;
        throw new TooManyAttemptsException(wait);
    }

    private async Task RaiseCostAsync(SignInAccount account, string password, CancellationToken ct)
    {
        var hash = await limits.StretchAsync(() => PasswordHash.Create(password), ct);
        await using var command = database.CreateCommand("UPDATE account SET password_hash = $3 WHERE person_id = $1 AND password_hash = $2")
            .With(account.PersonId!, account.Hash, hash);
        await command.ExecuteNonQueryAsync(ct);
        RecentPasswords.Remember(hash, password);
    }

    private static SignedInUser User(CommandContext context) => new(
        context.Actor.PersonId!, context.Actor.DisplayName ?? context.Actor.PersonId!,
        [.. context.Actor.Assignments.Select(a => new SignedInRole(context.Reference.RoleLabel(a.Role), a.Unit == ReferenceView.Everywhere ? null : context.Reference.UnitName(a.Unit))).Distinct()]);
}
