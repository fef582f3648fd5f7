using System.Reflection;
using CaseWorkflows.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CaseWorkflows.Host.Database;

/// <summary>The whole schema: every project that brings migrations.</summary>
public static class DatabaseSchema
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(Migrator).Assembly,
        Assembly.Load("CaseWorkflows.Cases"),
        Assembly.Load("CaseWorkflows.StudioApi"),
        Assembly.Load("CaseWorkflows.Web"),
        typeof(DatabaseSchema).Assembly,
    ];

    /// <summary>Applies the migrations that are missing; gives their names.</summary>
    public static Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource database, CancellationToken ct, ILogger<Migrator>? log = null) =>
        new Migrator(database, log ?? NullLogger<Migrator>.Instance).ApplyAsync(Assemblies, ct);

    /// <summary>As the owner: applies the migrations that are missing, and gives the role that answers calls its rights.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource owner, string answering, CancellationToken ct, ILogger<Migrator>? log = null)
    {
        var applied = await MigrateAsync(owner, ct, log);
        await DatabaseRights.GrantAsync(owner, answering, ct);
        return applied;
    }

    /// <summary>Names of the migrations that the database lacks; any role that may read the list of them can ask.</summary>
    public static Task<IReadOnlyList<string>> MissingAsync(NpgsqlDataSource database, CancellationToken ct) =>
        new Migrator(database, NullLogger<Migrator>.Instance).MissingAsync(Assemblies, ct);
}
