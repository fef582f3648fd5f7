using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CaseWorkflows.Host.Health;

/// <summary>/health/live: the process answers. /health/ready: migrated, seeded, the database answers and the reference data can be used; 503 says which part cannot, within three seconds.</summary>
internal static class HealthSetup
{
    private const string Ready = "ready";

    public static void AddHostHealth(this IServiceCollection services)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton<DatabaseCheck>();
        services.AddSingleton<ReferenceCheck>();
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: [Ready])
            .AddCheck<ReferenceCheck>("reference", tags: [Ready])
            .AddCheck<Readiness>("started", tags: [Ready]);
    }

    public static void MapHostHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics().DisableRateLimiting();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous().DisableHttpMetrics().DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        parts = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString(), message = e.Value.Description, leftOut = e.Value.Data })
    });
}
