using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaseWorkflows.Runtime.Definitions;

public static class DefinitionServices
{
    /// <summary>Needs an <c>NpgsqlDataSource</c> and an <c>ActivityRegistry</c>; listeners of publications are optional.</summary>
    public static IServiceCollection AddWorkflowDefinitions(this IServiceCollection services)
    {
        services.TryAddSingleton<GraphCacheOptions>();
        services.TryAddSingleton<GraphCache>();
        services.TryAddSingleton<IGraphSource>(s => s.GetRequiredService<GraphCache>());
        services.TryAddSingleton<IDefinitionStore, DefinitionStore>();
        services.TryAddSingleton<DefinitionSeeder>();
        services.TryAddSingleton<EventTriggers>();
        return services;
    }
}
