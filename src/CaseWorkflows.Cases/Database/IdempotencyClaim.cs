using Npgsql;

namespace CaseWorkflows.Cases.Database;

/// <summary>A call's idempotency key. It goes into the transaction of what the call does, so that the second call finds it exactly when the first had effect.</summary>
public sealed record IdempotencyClaim(string Person, string Route, string Key, byte[] BodyHash, Guid Call)
{
    /// <summary>What the call made or changed, so that the answer can be given anew when the host died before storing it.</summary>
    internal void Append(NpgsqlBatch batch, string subject) =>
        batch.Add("INSERT INTO idempotency (person, route, key, body_hash, location, call, created_at) VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())",
            Person, Route, Key, Sql.Value(BodyHash), subject, Call);
}
