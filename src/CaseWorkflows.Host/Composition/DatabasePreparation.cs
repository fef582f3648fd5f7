using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Host.Authentication;
using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.Demo;
using CaseWorkflows.Host.Health;
using CaseWorkflows.Runtime;
using CaseWorkflows.StudioApi.Files;
using Npgsql;

namespace CaseWorkflows.Host.Composition;

/// <summary>What comes between the schema and the first call: keys, and what an empty database starts with.</summary>
internal static class DatabasePreparation
{
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var settings = services.GetRequiredService<HostSettings>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("CaseWorkflows.Host");
        if (!settings.IsDevelopment) await RefuseDemoDataAsync(database, ct);
        await using var one = await OneHostAtATimeAsync(database, ct);
        await KeysAtRest.EncryptAsync(database, settings, log, ct);
        await services.GetRequiredService<SigningKeys>().LoadAsync(ct);
        await services.InitializeWorkflowRuntimeAsync(ct);

        var now = await services.GetRequiredService<IBusinessClock>().NowAsync(ct);
        if (settings.DemoPassword is not null) await MarkDemoDataAsync(database, ct);
        var isNew = await services.GetRequiredService<ReferenceSeeder>().SeedAsync(Path.Combine(settings.WorkflowsDirectory, "reference"), settings.DemoPassword, now, ct);
        if (services.GetRequiredService<IConfiguration>()["Administrator:Password"] is { Length: > 0 } first
            && await services.GetRequiredService<FirstAdministrator>().EnsureAsync(first, now, ct))
            log.LogInformation("Made the user admin with the password of Administrator:Password; the setting is not used again");
        var routines = await services.GetRequiredService<RoutineSeeding>().RunAsync(settings.WorkflowsDirectory, now, ct);
        if (routines.Published > 0) log.LogInformation("Read and published {Count} routines from {Folder}", routines.Published, settings.WorkflowsDirectory);
        foreach (var file in routines.Refused)
            log.LogError("{File} is not published; it is a draft to be mended under Rutiner (left out when it is no routine at all):{Findings}", file.Path, Told(file));
        foreach (var file in routines.Affected)
            log.LogWarning("{File} is published, but starts one that is not; until it is, the step becomes an incident:{Findings}", file.Path, Told(file));
        // A manual clock is for tests and exercises that bring their own cases.
        if (isNew && settings is { DemoPassword: not null, ClockMode: ClockMode.System })
            await ActivatorUtilities.CreateInstance<DemoCases>(services).MakeAsync(Path.Combine(settings.WorkflowsDirectory, "demo", "cases.json"), ct);
        services.GetRequiredService<Readiness>().Set();
    }

    private static string Told(FileFindings file) => string.Concat(file.Findings.Select(f => $"\n  * {f.Message}{(f.NodeId is null ? "" : $" [{f.NodeId}]")}"));

    /// <summary>Hosts that start together on an empty database fill it once: the others wait and then find it filled.</summary>
    private static async Task<IAsyncDisposable> OneHostAtATimeAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        const long PreparationLock = 0x43576670726570;   // "CWfprep"
        var connection = await database.OpenOwnConnectionAsync(ct);
        var transaction = await connection.BeginTransactionAsync(ct);   // its end frees the lock, however it ends
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({PreparationLock})", connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
        return new Held(connection, transaction);
    }

    private sealed class Held(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    /// <summary>Before the users are made, so that a start broken off between the two leaves the mark and not the users.</summary>
    private static async Task MarkDemoDataAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var mark = database.CreateCommand("INSERT INTO demo_data SELECT WHERE NOT EXISTS (SELECT FROM reference) ON CONFLICT DO NOTHING");
        await mark.ExecuteNonQueryAsync(ct);
    }

    private static async Task RefuseDemoDataAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var look = database.CreateCommand("SELECT EXISTS (SELECT FROM demo_data)");
        if (await look.ExecuteScalarAsync(ct) is true)
            throw new HostConfigurationException(["The database holds demo users with a known password, made by a host in Development. Outside Development start with an empty database."]);
    }
}
