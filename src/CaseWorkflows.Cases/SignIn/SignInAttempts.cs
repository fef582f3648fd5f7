using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Engine.Text;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>
/// Wrong passwords in a row, kept in the database and so for all hosts. Ten for one account from one address lock the account there;
/// fifty from addresses that the person never signed in from lock it for all of those. A lock is half a minute and doubles with each
/// further failure up to a quarter of an hour; tries during a lock do not lengthen it. So nobody can lock another for ever.
/// </summary>
internal sealed class SignInAttempts(NpgsqlDataSource database)
{
    private const int FailuresAtAddress = 10;
    private const int FailuresElsewhere = 50;
    private const int FirstLock = 30;          // seconds
    private const int LongestLock = 15 * 60;
    private const int DaysKnown = 90;
    private const int Drawers = 64;
    private const int LongestUserName = 200;

    // An unknown user costs as much time as a wrong password; no password has this hash.
    private static readonly string Nobody = PasswordHash.OfNobody();

    public async Task<SignInAccount> FindAsync(string userName, string address, CancellationToken ct)
    {
        // What cannot be a user name is looked for all the same, as one that nobody has.
        var sought = userName.Length > LongestUserName || SoundText.HasNull(userName) || !SoundText.IsSound(userName) ? "" : userName;
        var drawer = $"?{SHA256.HashData(Encoding.UTF8.GetBytes(userName))[0] % Drawers}";
        await using var command = database.CreateCommand($"""
            WITH who AS (
              SELECT coalesce(a.person_id, $2) AS key, a.person_id, a.password_hash, a.security_stamp, a.must_change
              FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
                SELECT * FROM account WHERE reference_fold(user_name) = reference_fold($1) ORDER BY user_name = $1 DESC, user_name LIMIT 1) a ON true),
            home AS (
              SELECT EXISTS (SELECT FROM sign_in_address k WHERE k.account = who.key AND k.address = $3
                AND k.signed_in_at > clock_timestamp() - interval '{DaysKnown} days') AS known FROM who)
            SELECT who.key, who.person_id, who.password_hash, who.security_stamp, coalesce(who.must_change, false), home.known,
              EXISTS (SELECT FROM sign_in_failure f WHERE f.account = who.key AND f.locked_until > clock_timestamp()
                AND (f.address = $3 OR (f.address = '' AND NOT home.known)))
            FROM who, home
            """).With(sought, drawer, address);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new SignInAccount(reader.GetString(0), reader.Text(1), reader.Text(2) ?? Nobody, reader.Uuid(3) ?? Guid.Empty,
            reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6));
    }

    /// <summary>Counts a failure; the same work whether the account exists, is locked or neither.</summary>
    public async Task FailAsync(SignInAccount account, string address)
    {
        await using var command = database.CreateCommand($"""
            INSERT INTO sign_in_failure AS f (account, address, failures, failed_at)
            SELECT $1, place, 1, clock_timestamp() FROM unnest($2) AS place
            ON CONFLICT (account, address) DO UPDATE SET
              failed_at = clock_timestamp(),
              failures = CASE WHEN f.locked_until > clock_timestamp() THEN f.failures
                WHEN f.failed_at < clock_timestamp() - interval '1 day' THEN 1 ELSE f.failures + 1 END,
              locked_until = CASE WHEN f.locked_until > clock_timestamp() THEN f.locked_until
                WHEN f.failed_at < clock_timestamp() - interval '1 day' THEN NULL
                WHEN f.failures + 1 >= {Limit} THEN clock_timestamp()
                  + make_interval(secs => least({LongestLock}, {FirstLock} * 2 ^ least(f.failures + 1 - {Limit}, 10))) END
            """).With(account.Key, Sql.Value(account.KnownAddress ? [address] : (IEnumerable<string>)[address, ""]));
        await command.ExecuteNonQueryAsync(CancellationToken.None);   // who hangs up has failed all the same
    }

    /// <summary>The statements of a success: the count begins anew here, and the address is known.</summary>
    public static void Succeed(NpgsqlBatch batch, SignInAccount account, string address)
    {
        batch.Add("DELETE FROM sign_in_failure WHERE account = $1 AND address = $2", account.Key, address);
        batch.Add("""
            INSERT INTO sign_in_address AS k (account, address, signed_in_at) VALUES ($1, $2, clock_timestamp())
            ON CONFLICT (account, address) DO UPDATE SET signed_in_at = excluded.signed_in_at WHERE k.signed_in_at < clock_timestamp() - interval '1 day'
            """, account.Key, address);
    }

    private static string Limit => $"CASE f.address WHEN '' THEN {FailuresElsewhere} ELSE {FailuresAtAddress} END";
}
