using CaseWorkflows.Host.Authentication;
using CaseWorkflows.Host.Database;
using CaseWorkflows.Host.Health;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Host.Composition;

/// <summary>All that comes before the first call: schema, keys, and what an empty database starts with.</summary>
internal static class DatabasePreparation
{
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        await DatabaseSchema.MigrateAsync(services.GetRequiredService<NpgsqlDataSource>(), ct, services.GetRequiredService<ILogger<Migrator>>());
        await services.GetRequiredService<SigningKeys>().LoadAsync(ct);
        services.GetRequiredService<Readiness>().Set();
    }
}
