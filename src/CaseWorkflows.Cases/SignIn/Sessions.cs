using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>
/// Sessions of people and programs. Each request asks for its own in the round trip that tells the reference data's version, so that an
/// ended one is dead on every host with the next call.
/// </summary>
public sealed class Sessions(NpgsqlDataSource database, ReferenceStore reference, IHostSignals signals, SignInOptions options)
{
    /// <summary>The claim with the session's id, in cookies and tokens.</summary>
    public const string Claim = "sid";

    internal const string EndedTopic = "sessions";

    internal const string Alive = """
        sign_in_session s JOIN account a ON a.person_id = s.person_id AND a.security_stamp = s.security_stamp AND s.expires_at > clock_timestamp()
        """;

    /// <summary>The session, while it lives; one round trip.</summary>
    /// <param name="prolong">A browser's session goes on for another lifetime once half of it is gone.</param>
    public async Task<LiveSession?> FindAsync(Guid id, bool prolong, CancellationToken ct)
    {
        long version;
        string person;
        bool mustChange, late;
        await using (var command = database.CreateCommand($"""
            SELECT v.version, s.person_id, a.must_change, s.expires_at < clock_timestamp() + make_interval(secs => $2)
            FROM reference_version v LEFT JOIN ({Alive}) ON s.id = $1
            """).With(id, (int)(options.SessionLifetime.TotalSeconds / 2)))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct) || reader.IsDBNull(1)) return null;
            (version, person, mustChange, late) = (reader.GetInt64(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3));
        }

        if (prolong && late) await ProlongAsync(id, ct);
        return new LiveSession(id, person, mustChange, await reference.AtLeastAsync(version, ct));
    }

    /// <summary>Ends one session: whoever has a copy of its cookie or token has nothing.</summary>
    public async Task EndAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand("DELETE FROM sign_in_session WHERE id = $1").With(id);
        await command.ExecuteNonQueryAsync(ct);
        TellHosts();
    }

    /// <summary>Ends every session of a person.</summary>
    public async Task EndAllAsync(string personId, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        EndAll(batch, personId);
        await batch.ExecuteNonQueryAsync(ct);
        TellHosts();
    }

    /// <summary>After a commit that ended sessions: open streams and hub connections are looked at again, on every host.</summary>
    public void TellHosts() => signals.Send(EndedTopic);

    internal static void Begin(NpgsqlBatch batch, Guid id, string personId, Guid stamp, TimeSpan lifetime) =>
        batch.Add("""
            INSERT INTO sign_in_session (id, person_id, security_stamp, expires_at) VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
            """, id, personId, stamp, (int)lifetime.TotalSeconds);

    /// <summary>A new stamp: no session that has begun lives on.</summary>
    internal static void EndAll(NpgsqlBatch batch, string personId) =>
        batch.Add("UPDATE account SET security_stamp = gen_random_uuid() WHERE person_id = $1", personId);

    /// <summary>After a new stamp in the same transaction: this one session lives on.</summary>
    internal static void Keep(NpgsqlBatch batch, Guid id, string personId) =>
        batch.Add("""
            UPDATE sign_in_session SET security_stamp = a.security_stamp FROM account a WHERE id = $1 AND a.person_id = $2 AND sign_in_session.person_id = $2
            """, id, personId);

    private async Task ProlongAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand("UPDATE sign_in_session SET expires_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1")
            .With(id, (int)options.SessionLifetime.TotalSeconds);
        await command.ExecuteNonQueryAsync(ct);
    }
}
