using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CaseWorkflows.Runtime.Tests.Kit;

/// <summary>Answers <see cref="AskQuery.CountInstances"/>.</summary>
internal sealed class CountingQueries : IQueryHandler
{
    public bool Handles(object query) => query is AskQuery.CountInstances;

    public async Task<object?> RunAsync(object query, NpgsqlConnection connection, NpgsqlTransaction transaction, BurstScope scope, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT count(*)::int FROM instance", connection, transaction);
        return await command.ExecuteScalarAsync(ct);
    }
}

internal static class CountingQueriesServices
{
    public static IServiceCollection AddCounting(this IServiceCollection services) => services.AddSingleton<IQueryHandler, CountingQueries>();
}
