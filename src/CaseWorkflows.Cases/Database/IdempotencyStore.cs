using CaseWorkflows.Cases.Errors;
using Npgsql;

namespace CaseWorkflows.Cases.Database;

/// <summary>First answers of calls with an idempotency key. The key's row is made by the call's own transaction; the answer is added after it.</summary>
public sealed class IdempotencyStore(NpgsqlDataSource database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The first answer, or null when the key is new.</summary>
    /// <exception cref="ConflictException">The key was used with another body.</exception>
    public async Task<IdempotencyAnswer?> FindAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        var (known, answer) = await ReadAsync(claim, ct);
        return !known ? null : answer ?? await WaitAsync(claim, ct);
    }

    /// <summary>Waits for the answer of a call that is under way.</summary>
    public async Task<IdempotencyAnswer> WaitAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        for (var start = DateTime.UtcNow; DateTime.UtcNow - start < Patience;)
        {
            var (known, answer) = await ReadAsync(claim, ct);
            if (answer is not null) return answer;
            if (!known) break;
            await Task.Delay(50, ct);
        }

        // Applied, but the host died before it could answer: say so; what was done can be read.
        return new IdempotencyAnswer(200, """{"alreadyDone":true}""", null);
    }

    public async Task StoreAsync(IdempotencyClaim claim, int status, string? answer, string? location, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO idempotency (person, route, key, body_hash, status, answer, location, call, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
            ON CONFLICT (person, route, key) DO UPDATE SET status = excluded.status, answer = excluded.answer, location = excluded.location
            """).With(claim.Person, claim.Route, claim.Key, Sql.Value(claim.BodyHash), status, Sql.Value(answer), Sql.Value(location), claim.Call);
        await command.ExecuteNonQueryAsync(ct);
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

    private async Task<(bool Known, IdempotencyAnswer? Answer)> ReadAsync(IdempotencyClaim claim, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT body_hash, status, answer, location FROM idempotency WHERE person = $1 AND route = $2 AND key = $3 AND created_at > clock_timestamp() - interval '7 days'
            """).With(claim.Person, claim.Route, claim.Key);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return (false, null);
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(claim.BodyHash))
            throw new ConflictException(ConflictTypes.IdempotencyKeyReused, "Nyckeln har redan använts för ett annat anrop.");
        return (true, reader.IsDBNull(1) ? null : new IdempotencyAnswer(reader.GetInt32(1), reader.Text(2), reader.Text(3)));
    }
}
