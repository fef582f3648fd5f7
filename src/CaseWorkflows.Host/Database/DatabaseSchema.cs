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
}
