using System.Reflection;
using CaseWorkflows.Runtime.Schema;
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
    public static Task<IReadOnlyList<string>> MigrateAsync(NpgsqlDataSource database, CancellationToken ct) =>
        new Migrator(database, Assemblies).MigrateAsync(ct);
}
