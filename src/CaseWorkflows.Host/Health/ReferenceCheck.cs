using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CaseWorkflows.Host.Health;

/// <summary>Builds the view of the reference data that every call needs. Rows left out are told by kind and number: the answer is open to anybody.</summary>
internal sealed class ReferenceCheck(ReferenceStore reference, IBusinessClock clock) : PromptCheck
{
    protected override string Late => "The reference data has not been read yet.";

    protected override async Task<HealthCheckResult> AskAsync()
    {
        try
        {
            var view = (await reference.FreshAsync(CancellationToken.None)).At(await clock.NowAsync());
            if (view.Regions.Count == 0 || view.Roles.Count == 0) return HealthCheckResult.Unhealthy("There is no region or no role that can be used: nobody can do anything.");
            var leftOut = view.Faults.Where(f => f.LeftOut).GroupBy(f => f.Kind).OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, object (g) => g.Count());
            return leftOut.Count == 0 ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("Rows of reference data are left out; GET /api/reference-faults and the log tell which.", data: leftOut);
        }
        catch (Exception e) when (e is not (NpgsqlException or TimeoutException or DatabaseUnavailableException))
        {
            return HealthCheckResult.Unhealthy("The reference data cannot be read.", e);
        }
    }
}
