using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.SignIn;

/// <summary>Removes, by machine time, sessions that have run out, counts of failures after a day and addresses after 90 days.</summary>
internal sealed class ExpiredSessions(NpgsqlDataSource database) : IRecurringJob
{
    public string Name => "sign-in-sessions";

    public string Cron => "0 22 3 * * ?";

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            DELETE FROM sign_in_session WHERE expires_at < clock_timestamp();
            DELETE FROM sign_in_failure WHERE failed_at < clock_timestamp() - interval '1 day';
            DELETE FROM sign_in_address WHERE signed_in_at < clock_timestamp() - interval '90 days'
            """);
        await command.ExecuteNonQueryAsync(ct);
    }
}
