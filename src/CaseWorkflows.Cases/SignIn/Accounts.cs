using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Gives people passwords, and lets them change their own.</summary>
public sealed class Accounts
{
    private const int DaysOfAddress = 30;

    private readonly NpgsqlDataSource _database;
    private readonly IWorkflowRuntime _runtime;
    private readonly UserDirectory _users;
    private readonly SignInLimits _limits;
    private readonly Sessions _sessions;
    private readonly SignInOptions _options;
    private readonly DeliveryChannels _channels;
    private readonly CommandContexts _contexts;

    internal Accounts(
        NpgsqlDataSource database, IWorkflowRuntime runtime, UserDirectory users, SignInLimits limits, Sessions sessions, SignInOptions options, DeliveryChannels channels,
        CommandContexts contexts) =>
        (_database, _runtime, _users, _limits, _sessions, _options, _channels, _contexts) = (database, runtime, users, limits, sessions, options, channels, contexts);

    /// <summary>
    /// Sets the password of a person whose permissions the actor manages and whose roles, also those that begin later, give nothing that the
    /// actor lacks (ADR 0029). The person is told, at the address and at those of the last month; every session ends, and the new password
    /// opens nothing until its owner has changed it.
    /// </summary>
    public async Task SetPasswordAsync(CommandContext context, string person, string? password, CancellationToken ct)
    {
        string? hash = null;
        for (var attempt = 1; ; attempt++)
        {
            var known = Served(context, person);
            if (PasswordRules.FaultOf(password, known.UserName!, _options.ShortestPassword) is { } fault) throw new ValidationFailedException("password", fault);
            hash ??= await _limits.StretchAsync(() => PasswordHash.Create(password!), ct);
            try
            {
                await SetAsync(context, known, hash, ct);
                break;
            }
            catch (Exception error) when (attempt < SaveReference.MostTries && ReferenceConflicts.MayBeTriedAgain(error))
            {
                // A role was given or ended meanwhile: decided anew.
                var renewed = await _contexts.ForPersonAsync(context.Actor.PersonId!, context.Source, ct: ct) ?? throw new ForbiddenException("Sätt lösenord");
                context = context with { Actor = renewed.Actor, Reference = renewed.Reference };
            }
        }

        _sessions.TellHosts();
    }

    private async Task SetAsync(CommandContext context, Person owner, string hash, CancellationToken ct)
    {
        var region = context.Reference.AssignmentsOf(owner.Id).Select(a => context.Reference.RegionOf(a.Unit)).FirstOrDefault(r => r is not null)
            ?? owner.Region ?? context.Actor.Regions.FirstOrDefault() ?? "";
        var word = new AccountWord(context, owner, await AddressesAsync(owner, context.Now, ct), region, "Ditt lösenord har bytts",
            $"{context.Actor.DisplayName} har satt ett nytt lösenord för {owner.UserName}. Var det inte väntat: kontakta den som sköter behörigheter.", _channels);
        await _runtime.PublishEventAsync(
            new PublishEvent { Name = "Lösenord satt", Region = region, StartTriggers = false, Participants = [new PasswordSet(context, owner, region, hash), word] }, ct);
    }

    /// <summary>The e-mail addresses that the person has had during the last month: whoever changes one does not keep the word from its owner.</summary>
    private async Task<IReadOnlyList<string>> AddressesAsync(Person owner, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = _database.CreateCommand("""
            SELECT DISTINCT data ->> 'email' FROM reference
            WHERE kind = 'person' AND id = $1 AND data ->> 'email' <> '' AND valid_from <= $2 AND coalesce(valid_to, 'infinity') > $3
            """).With(owner.Id, now, now.AddDays(-DaysOfAddress));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var addresses = new List<string>();
        while (await reader.ReadAsync(ct)) addresses.Add(reader.GetString(0));
        return addresses;
    }

    /// <summary>Changes the actor's own password. Every other session of the actor's ends; this one lives on.</summary>
    /// <param name="session">The session that asks.</param>
    /// <param name="address">Where the call comes from: a wrong present password counts as one at sign-in.</param>
    public async Task ChangeOwnAsync(CommandContext context, LiveSession session, string? current, string? password, string address, CancellationToken ct)
    {
        var (id, userName) = (context.Actor.PersonId!, context.Actor.UserName ?? throw new NotFoundException());
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrEmpty(current)) errors["current"] = ["Ange ditt nuvarande lösenord."];
        if (PasswordRules.FaultOf(password, userName, _options.ShortestPassword) is { } fault) errors["new"] = [fault];
        else if (PasswordRules.AreAlike(password!, current ?? "")) errors["new"] = ["Välj ett annat lösenord än det nuvarande, med andra ord."];
        if (errors.Count > 0) throw new ValidationFailedException(errors);
        if (await _users.CheckAsync(userName, current!, address, ct) is null) throw new ValidationFailedException("current", "Det nuvarande lösenordet stämmer inte.");

        var hash = await _limits.StretchAsync(() => PasswordHash.Create(password!), ct);
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        Set(batch, id, userName, hash, setBy: null, context.Now);
        Sessions.Keep(batch, session.Id, id);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = "Lösenord bytt", Actor = context.Actor, At = context.Now, Region = context.Actor.Regions.FirstOrDefault() ?? "", After = userName, Source = context.Source,
        });
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        _sessions.TellHosts();
    }

    /// <summary>Who last set the actor's password for the actor, and when; null when nobody has.</summary>
    public async Task<(string Name, DateTimeOffset At)?> SetByOtherAsync(CommandContext context, CancellationToken ct)
    {
        await using var command = _database.CreateCommand("SELECT set_by, set_at FROM account WHERE person_id = $1 AND set_by IS NOT NULL").With(context.Actor.PersonId!);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (context.Reference.FindPerson(reader.GetString(0))?.DisplayName ?? reader.GetString(0), reader.Instant(1)!.Value) : null;
    }

    /// <summary>Also a new stamp, which ends the person's sessions, and a new count of failures.</summary>
    /// <param name="setBy">Another than the owner, who then has to change it; null when it is the owner's own.</param>
    internal static void Set(NpgsqlBatch batch, string personId, string userName, string hash, string? setBy, DateTimeOffset now)
    {
        batch.Add("""
            INSERT INTO account (person_id, user_name, password_hash, must_change, changed_at, set_by, set_at, behind)
            VALUES ($1, $2, $3, $4::text IS NOT NULL, $5, $4, CASE WHEN $4 IS NOT NULL THEN $5 END,
              CASE WHEN $4 IS NULL THEN '{}' ELSE ARRAY[$4] || coalesce((SELECT s.behind FROM account s WHERE s.person_id = $4), '{}') END)
            ON CONFLICT (person_id) DO UPDATE SET user_name = excluded.user_name, password_hash = excluded.password_hash, must_change = excluded.must_change,
              security_stamp = gen_random_uuid(), changed_at = excluded.changed_at,
              set_by = coalesce(excluded.set_by, account.set_by), set_at = coalesce(excluded.set_at, account.set_at),
              behind = CASE WHEN excluded.set_by IS NULL THEN account.behind ELSE excluded.behind END
            """, personId, userName, hash, Sql.Value(setBy), now);
        batch.Add("DELETE FROM sign_in_failure WHERE account = $1", personId);
    }

    /// <summary>The person, when the actor may set the password.</summary>
    private static Person Served(CommandContext context, string person)
    {
        var known = context.Reference.FindPerson(person) ?? throw new NotFoundException();
        if (!AdministrationScope.MaySee(context, known)) throw new NotFoundException();
        // A borrowed session does not become the account: one's own password is changed with the present one.
        if (known.Id == context.Actor.PersonId) throw new ValidationFailedException("password", "Byt ditt eget lösenord under Byt lösenord, med det nuvarande.");
        if (!AdministrationScope.MayAdminister(context, known, Permissions.PermissionManage) || !AccountPower.MayServe(context, known)) throw new ForbiddenException("Sätt lösenord");
        return known.UserName is null ? throw new ValidationFailedException("userName", "Personen saknar användarnamn.") : known;
    }
}
