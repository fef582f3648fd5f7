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
    private readonly NpgsqlDataSource _database;
    private readonly IWorkflowRuntime _runtime;
    private readonly UserDirectory _users;
    private readonly SignInLimits _limits;
    private readonly Sessions _sessions;
    private readonly SignInOptions _options;
    private readonly DeliveryChannels _channels;

    internal Accounts(
        NpgsqlDataSource database, IWorkflowRuntime runtime, UserDirectory users, SignInLimits limits, Sessions sessions, SignInOptions options, DeliveryChannels channels) =>
        (_database, _runtime, _users, _limits, _sessions, _options, _channels) = (database, runtime, users, limits, sessions, options, channels);

    /// <summary>
    /// Sets the password of a person whose permissions the actor manages and who has no power that the actor lacks. The person is told,
    /// every session ends, and the new password opens nothing until its owner has changed it.
    /// </summary>
    public async Task SetPasswordAsync(CommandContext context, string person, string? password, CancellationToken ct)
    {
        var known = context.Reference.FindPerson(person) ?? throw new NotFoundException();
        var held = context.Reference.AssignmentsOf(known.Id).ToList();
        Demand(context, known, held);
        if (known.UserName is not { } userName) throw new ValidationFailedException("userName", "Personen saknar användarnamn.");
        if (PasswordRules.FaultOf(password, userName, _options.ShortestPassword) is { } fault) throw new ValidationFailedException("password", fault);

        var hash = await _limits.StretchAsync(() => PasswordHash.Create(password!), ct);
        var unit = held.FirstOrDefault()?.Unit ?? "";
        var region = context.Reference.RegionOf(unit) ?? context.Actor.Regions.FirstOrDefault() ?? "";
        await _runtime.PublishEventAsync(
            new PublishEvent { Name = "Lösenord satt", Region = region, StartTriggers = false, Participants = [new PasswordSet(context, known, unit, region, hash, _channels)] }, ct);
        _sessions.TellHosts();
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
        else if (password == current) errors["new"] = ["Välj ett annat lösenord än det nuvarande."];
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
            INSERT INTO account (person_id, user_name, password_hash, must_change, changed_at, set_by, set_at)
            VALUES ($1, $2, $3, $4::text IS NOT NULL, $5, $4, CASE WHEN $4 IS NOT NULL THEN $5 END)
            ON CONFLICT (person_id) DO UPDATE SET user_name = excluded.user_name, password_hash = excluded.password_hash, must_change = excluded.must_change,
              security_stamp = gen_random_uuid(), changed_at = excluded.changed_at,
              set_by = coalesce(excluded.set_by, account.set_by), set_at = coalesce(excluded.set_at, account.set_at)
            """, personId, userName, hash, Sql.Value(setBy), now);
        batch.Add("DELETE FROM sign_in_failure WHERE account = $1", personId);
    }

    private static void Demand(CommandContext context, Person person, IReadOnlyList<RoleAssignment> held)
    {
        if (!AdministrationScope.MaySee(context, person)) throw new NotFoundException();
        if (AdministrationScope.IsSystemAdministrator(context.Actor)) return;
        if (!AdministrationScope.MayAdminister(context, person, Permissions.PermissionManage)
            || !held.All(a => PowersOf(a, context.Reference).All(p => context.Actor.May(p, a.Unit)))) throw new ForbiddenException("Sätt lösenord");
    }

    /// <summary>Power over others and over the product; clinical rights are no power over who manages permissions.</summary>
    private static IEnumerable<string> PowersOf(RoleAssignment assignment, ReferenceView reference) =>
        (reference.Roles.GetValueOrDefault(assignment.Role)?.Permissions ?? []).Where(Permissions.OverOthers.Contains);
}
