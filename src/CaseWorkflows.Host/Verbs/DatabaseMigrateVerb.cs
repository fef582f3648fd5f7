using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.Database;

namespace CaseWorkflows.Host.Verbs;

/// <summary>Migrates and gives rights as the owner, so that the hosts themselves need not know the owner's password.</summary>
internal sealed class DatabaseMigrateVerb : IVerb
{
    public string Words => "database migrate";

    public string Help => "bring the schema and the rights of the answering role up to date; settings as for serving, with ConnectionStrings:Migrations";

    public async Task<int> RunAsync(string[] args)
    {
        var settings = VerbSettings.Read(args);
        if (settings is { ConnectionString: not null, MigrationsConnectionString: null }) throw new HostConfigurationException(["database migrate needs ConnectionStrings:Migrations, the owner's connection."]);
        using var loggers = LoggerFactory.Create(b => b.AddConsole());
        await using var database = await DatabaseAccess.OpenAsync(settings, loggers, CancellationToken.None);
        await database.PrepareSchemaAsync(settings, loggers, CancellationToken.None);
        Console.WriteLine("The schema and the rights are up to date.");
        return 0;
    }
}
