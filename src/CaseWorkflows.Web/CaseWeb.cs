using CaseWorkflows.Web.Shell;
using CaseWorkflows.Web.Static;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Web;

/// <summary>The staff's pages: inbox, cases, sign-in.</summary>
public static class CaseWeb
{
    public static IServiceCollection AddCaseWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<PageFrames>();
        services.AddSingleton<PageHeader>();
        return services;
    }

    public static IEndpointRouteBuilder MapCaseWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapEmbeddedFiles();
        return routes;
    }
}
