using CaseWorkflows.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CaseWorkflows.Host.Health;

/// <summary>
/// A check that asks the database and answers soon whatever the database does: a supervisor that waits for a hanging one would take the host for dead.
/// The driver's own timeouts and cancellations wait for a server that has stopped, so nobody waits for them. What is still being asked is joined, not
/// asked once more: however often the check is called, it holds one connection.
/// </summary>
internal abstract class PromptCheck : IHealthCheck
{
    protected const int PatienceSeconds = 2;
    protected const string Silent = "The database does not answer.";

    private readonly Lock _turn = new();
    private Task<HealthCheckResult> _asked = Task.FromResult(default(HealthCheckResult));

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Task<HealthCheckResult> asked;
        lock (_turn) asked = _asked = _asked.IsCompleted ? Task.Run(ResultAsync, CancellationToken.None) : _asked;
        try
        {
            return await asked.WaitAsync(TimeSpan.FromSeconds(PatienceSeconds), cancellationToken);
        }
        catch (TimeoutException)
        {
            return HealthCheckResult.Unhealthy(Late);
        }
    }

    /// <summary>What is said when there is no result yet.</summary>
    protected abstract string Late { get; }

    protected abstract Task<HealthCheckResult> AskAsync();

    private async Task<HealthCheckResult> ResultAsync()
    {
        try
        {
            return await AskAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or DatabaseUnavailableException)
        {
            return HealthCheckResult.Unhealthy(Silent);
        }
    }
}
