using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseWorkflows.Web.Api;

/// <summary>The HTTP API of inbox, integrations and acceptance tests, under <c>/api</c>.</summary>
public static class CaseApi
{
    public static IServiceCollection AddCaseApi(this IServiceCollection services)
    {
        services.AddExceptionHandler<DomainExceptionHandler>();
        services.AddSingleton<ChangeStream>();
        services.AddSingleton<LostAnswers>();
        return services;
    }

    public static IEndpointRouteBuilder MapCaseApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, ApiFilter>().RequireAuthorization();
        api.MapMe();
        api.MapClock();
        api.MapCases();
        api.MapReads();
        api.MapOutgoingMessages();
        api.MapTasks();
        api.MapUnits();
        api.MapReference();
        api.MapReports();
        api.MapIncidents();
        api.MapNotices();
        api.MapEvents();
        return routes;
    }
}
