using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Hub;

internal static class InstanceHubExtensions
{
    public static void AddInstanceHub(this IServiceCollection services) => services.AddSignalR();

    public static void MapInstanceHub(this IEndpointRouteBuilder routes) =>
        routes.MapHub<InstanceHub>("/elsa/hubs/workflow-instance");
}
