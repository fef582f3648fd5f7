using CaseWorkflows.StudioApi.Hub;
using CaseWorkflows.StudioApi.Static;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.StudioApi.Pages;

/// <summary>Elsa Studio's pages, the pages beside them, and the hub that makes the viewer live.</summary>
public static class StudioPagesExtensions
{
    /// <summary>Registers the pages.</summary>
    /// <param name="package">Where the package lies, when not where the build puts it.</param>
    public static IServiceCollection AddStudioPages(this IServiceCollection services, Action<StudioPackageOptions>? package = null)
    {
        if (package is not null) services.Configure(package);
        services.AddSingleton<StudioPackage>();
        services.AddSingleton<OwnFiles>();
        services.AddRazorComponents();
        services.AddSignalR();
        return services;
    }

    /// <summary>Makes the viewer live: committed bursts go out over the hub. Needs the runtime.</summary>
    public static IServiceCollection AddStudioHub(this IServiceCollection services)
    {
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
