using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Database;

/// <summary>Removes idempotency keys after their seven days of machine time.</summary>
internal sealed class ExpiredIdempotencyKeys(NpgsqlDataSource database) : IRecurringJob
{
    public string Name => "idempotency-keys";

    public string Cron => "0 17 3 * * ?";

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("DELETE FROM idempotency WHERE created_at < clock_timestamp() - interval '7 days'");
        await command.ExecuteNonQueryAsync(ct);
    }
}
