using CaseWorkflows.Web.CaseFile;
using CaseWorkflows.Web.Inbox;
using CaseWorkflows.Web.Incidents;
using CaseWorkflows.Web.Print;
using CaseWorkflows.Web.Reads;
using CaseWorkflows.Web.Register;
using CaseWorkflows.Web.Requests;
using CaseWorkflows.Web.Rules;
using CaseWorkflows.Web.Shell;
using CaseWorkflows.Web.SignIn;
using CaseWorkflows.Web.Static;
using CaseWorkflows.Web.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Web;

/// <summary>The staff's pages: sign-in, inbox, tasks, cases.</summary>
public static class CaseWeb
{
    /// <summary>Needs the domain's services (AddCases) and a default sign-in scheme.</summary>
    public static IServiceCollection AddCaseWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<PageFrames>();
        services.AddSingleton<PageHeader>();
        services.AddSingleton<TaskView>();
        return services;
    }

    /// <summary>Error pages in Swedish. Stands after the exception handler and before authentication.</summary>
    public static IApplicationBuilder UseCaseWebErrors(this IApplicationBuilder app) => app.UseMiddleware<PageErrors>();

    public static IEndpointRouteBuilder MapCaseWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapEmbeddedFiles();
        var pages = routes.MapGroup("").WithMetadata(new ExcludeFromDescriptionAttribute());
        pages.AddEndpointFilter(PageOwner.DemandAsync);
        pages.MapSignIn();
        pages.MapChangePassword();
        pages.MapInbox();
        pages.MapTasks();
        pages.MapRegister();
        pages.MapCases();
        pages.MapReads();
        pages.MapPrint();
        pages.MapIncidents();
        pages.MapRules();
        return routes;
    }
}
