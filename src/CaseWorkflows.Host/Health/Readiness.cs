using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseWorkflows.Host.Health;

/// <summary>Set when the host has done all that comes before the first call.</summary>
internal sealed class Readiness : IHealthCheck
{
    private volatile bool _ready;

    public void Set() => _ready = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The host is starting."));
}
