using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CaseWorkflows.Host.Health;

/// <summary>The database answers.</summary>
internal sealed class DatabaseCheck(NpgsqlDataSource database) : PromptCheck
{
    private volatile bool _connected;

    // A full pool looks from here as a server that takes no connection does.
    protected override string Late => _connected ? Silent : "No connection to the database: it does not answer, or all connections are in use.";

    protected override async Task<HealthCheckResult> AskAsync()
    {
        _connected = false;
        await using var connection = await database.OpenConnectionAsync();
        _connected = true;
        await using var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = PatienceSeconds };
        await command.ExecuteScalarAsync();
        return HealthCheckResult.Healthy();
    }
}
