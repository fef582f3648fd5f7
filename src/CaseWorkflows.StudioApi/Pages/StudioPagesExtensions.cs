using CaseWorkflows.StudioApi.Hub;
using CaseWorkflows.StudioApi.Static;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>Elsa Studio's pages, the pages beside them, and the hub that makes the viewer live.</summary>
public static class StudioPagesExtensions
{
    public static IServiceCollection AddStudioPages(this IServiceCollection services)
    {
        services.AddSingleton<StudioPackage>();
        services.AddSingleton<OwnFiles>();
        services.AddRazorComponents();
        services.AddInstanceHub();
        return services;
    }

    /// <summary>Maps /studio/** and /elsa/hubs/workflow-instance.</summary>
    public static IEndpointRouteBuilder MapStudioPages(this IEndpointRouteBuilder routes)
    {
        routes.MapStudioFiles();
        routes.MapElementPages();
        routes.MapRoutinePages();
        routes.MapLanguagePages();
        routes.MapPresence();
        routes.MapInstanceHub();
        return routes;
    }
}
