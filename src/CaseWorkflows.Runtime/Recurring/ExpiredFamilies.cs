using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Removes counts of families whose time is over; one that goes on begins anew either way.</summary>
internal sealed class ExpiredFamilies(NpgsqlDataSource data, WorkflowRuntimeOptions options) : IRecurringJob
{
    public string Name => "run-families";

    public string Cron => "0 40 3 * * ?";

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var command = data.CreateCommand("DELETE FROM run_family WHERE since <= $1");
        command.Parameters.Add(new() { Value = (now - options.RunsSpan).UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }
}
