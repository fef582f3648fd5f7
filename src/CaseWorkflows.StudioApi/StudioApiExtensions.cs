using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime.Definitions;
using CaseWorkflows.StudioApi.Definitions;
using CaseWorkflows.StudioApi.Descriptors;
using CaseWorkflows.StudioApi.Files;
using CaseWorkflows.StudioApi.Http;
using CaseWorkflows.StudioApi.Instances;
using CaseWorkflows.StudioApi.Rights;
using CaseWorkflows.StudioApi.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseWorkflows.StudioApi;

public static class StudioApiExtensions
{
    /// <summary>The API that Elsa Studio speaks. Needs the runtime, the definitions, Cases' reference data and an activity registry.</summary>
    public static IServiceCollection AddStudioApi(this IServiceCollection services, IConfiguration? configuration = null)
    {
        var options = services.AddOptions<StudioApiOptions>();
        if (configuration is not null) options.Bind(configuration.GetSection(StudioApiOptions.Section));
        options.Validate(o => string.IsNullOrEmpty(o.ApiKey) || o.ApiKey.Length >= 32, "StudioApi:ApiKey must have at least 32 characters.").ValidateOnStart();
        services.AddWorkflowDefinitions();
        services.TryAddSingleton<RoutineSeeding>();
        services.TryAddSingleton<ReadLog>();
        services.TryAddSingleton<ProtectedCases>();
        services.TryAddSingleton<RunWays>();
        services.TryAddSingleton<InstanceReadLog>();
        services.TryAddSingleton<RunCancelling>();
        services.TryAddSingleton<IChoices, ReferenceChoices>();
        services.TryAddSingleton<IRoutineRights, RoutineRights>();
        services.TryAddSingleton<DescriptorCatalogue>();
        services.TryAddSingleton<DefinitionModel>();
        services.TryAddSingleton<DefinitionIntake>();
        services.TryAddSingleton<RoutineReferences>();
        services.TryAddSingleton<RoutineChecker>();
        services.TryAddSingleton<RoutedGuard>();
        services.TryAddSingleton(s => new RoutinePublisher(s.GetRequiredService<IDefinitionStore>(), s.GetRequiredService<RoutineChecker>(), s.GetRequiredService<DescriptorCatalogue>(), s.GetRequiredService<ReferenceStore>()));
        services.TryAddSingleton<RoutineImport>();
        services.TryAddSingleton<TrialRuns>();
        services.TryAddSingleton<StepTrial>();
        return services;
    }

    /// <summary>Maps /elsa/api.</summary>
    public static RouteGroupBuilder MapStudioApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/elsa/api").ExcludeFromDescription();
        // Signed in or not is answered here, with a 401 that no login page replaces.
        api.AllowAnonymous();
        api.AddEndpointFilter<StudioErrors>();
        api.AddEndpointFilter<RightsFilter>();
        DescriptorEndpoints.Map(api);
        DefinitionReadEndpoints.Map(api);
        DefinitionSaveEndpoints.Map(api);
        DefinitionSafetyEndpoints.Map(api);
        ImportEndpoints.Map(api);
        ExportEndpoints.Map(api);
        DefinitionBulkEndpoints.Map(api);
        SubgraphEndpoints.Map(api);
        ExecuteEndpoints.Map(api);
        AutomationEndpoints.Map(api);
        ScriptingEndpoints.Map(api);
        InstanceEndpoints.Map(api);
        InstanceBulkEndpoints.Map(api);
        JournalEndpoints.Map(api);
        ExecutionEndpoints.Map(api);
        return api;
    }
}
