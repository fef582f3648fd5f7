using CaseWorkflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseWorkflows.StudioApi.Hub;

internal static class InstanceHubExtensions
{
    public static void AddInstanceHub(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<InstanceWatch>();
        services.AddSingleton<IBurstParticipant>(p => p.GetRequiredService<InstanceWatch>());
        services.AddHostedService<InstancePusher>();
    }

    // Every transport stays open: a viewer whose WebSocket is stopped by a proxy, with nothing else to fall back on, stays empty.
    public static void MapInstanceHub(this IEndpointRouteBuilder routes) => routes.MapHub<InstanceHub>("/elsa/hubs/workflow-instance").DisableRateLimiting();
}
