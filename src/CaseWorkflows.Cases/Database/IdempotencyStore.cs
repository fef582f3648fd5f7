using CaseWorkflows.Cases.Errors;
using Npgsql;

namespace CaseWorkflows.Cases.Database;

/// <summary>First answers of calls with an idempotency key. The key's row is made by the call's own transaction; the answer is added after it.</summary>
public sealed class IdempotencyStore(NpgsqlDataSource database)
{
    /// <summary>A call that has not answered this long after its commit is taken to have died with its host.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The first answer, or null when the key is new.</summary>
    /// <exception cref="ConflictException">The key was used with another body.</exception>
    public async Task<IdempotencyAnswer?> FindAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        var answer = await ReadAsync(claim, ct);
        return answer is { Status: null } ? await WaitAsync(claim, ct) : answer;
    }

    /// <summary>Waits for the answer of a call that is under way; one without a status when none comes.</summary>
    public async Task<IdempotencyAnswer> WaitAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        while (true)
        {
            var answer = await ReadAsync(claim, ct);
            if (answer is null) return new IdempotencyAnswer(null, null, null, claim.Call, TimeSpan.Zero);
            if (answer.Status is not null || answer.Age > Patience) return answer;
            await Task.Delay(25, ct);
        }
    }

    /// <returns>False when another call with the key was first: then that call's answer stands.</returns>
    public async Task<bool> StoreAsync(IdempotencyClaim claim, int status, string? answer, string? location, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO idempotency (person, route, key, body_hash, status, answer, location, call, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
            ON CONFLICT (person, route, key) DO UPDATE SET status = excluded.status, answer = excluded.answer, location = excluded.location, body_hash = excluded.body_hash,
                call = excluded.call, created_at = CASE WHEN idempotency.call = excluded.call THEN idempotency.created_at ELSE excluded.created_at END
            WHERE idempotency.call = excluded.call OR idempotency.created_at <= clock_timestamp() - interval '7 days'
            """).With(claim.Person, claim.Route, claim.Key, Sql.Value(claim.BodyHash), status, Sql.Value(answer), Sql.Value(location), claim.Call);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>The call was refused after it had made its row: the key may be used again. Another call's row stays.</summary>
    public async Task ReleaseAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        await using var command = database.CreateCommand("DELETE FROM idempotency WHERE person = $1 AND route = $2 AND key = $3 AND status IS NULL AND call = $4")
            .With(claim.Person, claim.Route, claim.Key, claim.Call);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static bool IsRepeated(Exception error) =>
        error is PostgresException { ConstraintName: "idempotency_pkey" } || (error.InnerException is { } inner && IsRepeated(inner));

    private async Task<IdempotencyAnswer?> ReadAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT body_hash, status, answer, location, call, clock_timestamp() - created_at FROM idempotency WHERE person = $1 AND route = $2 AND key = $3 AND created_at > clock_timestamp() - interval '7 days'
            """).With(claim.Person, claim.Route, claim.Key);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(claim.BodyHash))
            throw new ConflictException(ConflictTypes.IdempotencyKeyReused, "Nyckeln har redan använts för ett annat anrop.");
        return new IdempotencyAnswer(reader.Int(1), reader.Text(2), reader.Text(3), reader.GetGuid(4), reader.GetFieldValue<TimeSpan>(5));
    }
}
