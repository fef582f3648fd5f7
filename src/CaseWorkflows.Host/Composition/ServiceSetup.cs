using CaseWorkflows.Cases;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Host.Authentication;
using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.Endpoints;
using CaseWorkflows.Host.Health;
using CaseWorkflows.Host.Http;
using CaseWorkflows.Host.Telemetry;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi;
using CaseWorkflows.StudioApi.Pages;
using CaseWorkflows.Web;
using CaseWorkflows.Web.Api;
using Npgsql;

namespace CaseWorkflows.Host.Composition;

/// <summary>What the host is made of.</summary>
internal static class ServiceSetup
{
    public static void AddCaseWorkflows(this WebApplicationBuilder builder, HostSettings settings, NpgsqlDataSource database)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(database);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBody;
            kestrel.AddServerHeader = false;
        });
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);   // one handler words every bad request
        services.AddExceptionHandler<HostExceptionHandler>();
        services.AddProblemDetails();
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();   // after the library's own
        services.AddOpenApi();
        services.AddCallsAtOnce(settings.CallsAtOnce);
        services.AddHostAuthentication(settings);
        services.AddHostHealth();
        TelemetrySetup.AddTo(services, builder.Configuration);

        services.AddSingleton(_ => Activities());
        services.AddWorkflowRuntime(o =>
        {
            o.ClockMode = settings.ClockMode;
            o.ClockSeed = settings.ClockNow;
            o.RunPump = settings.RunWorkers;
        });
        services.AddCases(o =>
        {
            o.NoticeFolder = settings.IsDevelopment ? Path.Combine(settings.DataDirectory, "notices") : null;
            o.SiteAddress = settings.SiteAddress;
            o.SignIn.ShortestPassword = settings.ShortestPassword;
            o.SignIn.WrongPasswordsPerMinute = settings.WrongPasswordsPerMinute;
            o.SignIn.SessionLifetime = settings.TokenLifetime;
            o.SignIn.SuccessIsNeverLimited = settings.IsDevelopment;
        });
        services.AddStudioApi(builder.Configuration);
        services.AddStudioPages();
        services.AddStudioHub();
        services.AddCaseApi();
        services.AddCaseWeb();
        services.AddSingleton<IStudioHeader, StudioHeader>();
    }

    /// <summary>Every activity that definitions may use: those of the language and those of the domain.</summary>
    public static ActivityRegistry Activities() => ActivityRegistry.CreateDefault().RegisterAssembly(typeof(CaseRecord).Assembly);

    public static void UseCaseWorkflows(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<HostSettings>();
        app.UseMiddleware<HeadCalls>();
        app.UseRouting();
        app.UseMiddleware<SecurityHeaders>();
        app.UseProxies(settings);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<LeftCalls>();
        app.UseMiddleware<SoundRequests>();
        app.UseCaseWebErrors();
        app.UseMiddleware<BodyLimit>();
        app.UseWebSockets();
        app.UseMiddleware<SameOriginGuard>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<AnonymousBodyLimit>();
        app.UseAuthorization();
        app.UseMiddleware<PasswordChangeGuard>();
        app.UseMiddleware<PageForms>();

        app.MapHostHealth();
        var description = app.MapOpenApi();
        if (settings.IsDevelopment) description.AllowAnonymous();
        app.MapTokens();
        app.MapCaseApi();
        app.MapStudioApi();
        app.MapStudioPages();
        app.MapCaseWeb();
    }
}
