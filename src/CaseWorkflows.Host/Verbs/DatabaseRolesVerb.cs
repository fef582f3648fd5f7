using CaseWorkflows.Host.Configuration;
using CaseWorkflows.Host.Database;
using Npgsql;

namespace CaseWorkflows.Host.Verbs;

/// <summary>On a server of one's own: what the embedded server does at its start. Also for a database that one role used to own and serve from.</summary>
internal sealed class DatabaseRolesVerb : IVerb
{
    public string Words => "database roles";

    public string Help => "make database, owner and answering role as a superuser (ConnectionStrings:Administrator), and hand the tables over; names and passwords from "
        + "ConnectionStrings:Migrations and ConnectionStrings:CaseWorkflows";

    public async Task<int> RunAsync(string[] args)
    {
        var settings = VerbSettings.Read(args);
        var administrator = VerbSettings.Configuration(args).GetConnectionString("Administrator");
        if (administrator is not { Length: > 0 } || settings is not { ConnectionString: { } answering, MigrationsConnectionString: { } owner })
            throw new HostConfigurationException(["database roles needs ConnectionStrings:Administrator (a superuser), ConnectionStrings:Migrations and ConnectionStrings:CaseWorkflows."]);
        var (ownerLogin, _) = LoginOf(owner, "Migrations");
        var (answeringLogin, database) = LoginOf(answering, "CaseWorkflows");
        try
        {
            await DatabaseRoles.EnsureAsync(administrator, database, ownerLogin, answeringLogin, CancellationToken.None);
        }
        catch (Exception e) when (e is ArgumentException or NpgsqlException)
        {
            throw new HostConfigurationException($"The roles could not be made: {e.Message}", e);
        }

        Console.WriteLine($"{ownerLogin.Name} owns {database}, and {answeringLogin.Name} answers calls. Rights are given when the schema is migrated.");
        return 0;
    }

    private static (DatabaseLogin Login, string Database) LoginOf(string connectionString, string setting)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return builder is { Username.Length: > 0, Password.Length: > 0, Database.Length: > 0 } ? (new DatabaseLogin(builder.Username, builder.Password), builder.Database)
            : throw new HostConfigurationException([$"ConnectionStrings:{setting} must give Username, Password and Database here."]);
    }
}
