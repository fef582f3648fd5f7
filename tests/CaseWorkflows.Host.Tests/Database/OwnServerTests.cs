using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Processes;
using CaseWorkflows.Host.Tests.EmbeddedPostgres;
using Npgsql;

namespace CaseWorkflows.Host.Tests.Database;

/// <summary>A server of one's own: which roles a host takes, and how an operator makes them.</summary>
public sealed class OwnServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PostgresServer _server = null!;

    public async Task InitializeAsync() => _server = await PostgresServer.StartAsync(new PostgresServerOptions { DataDirectory = _folder.Path, Durable = false }, default);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task Production_refuses_to_answer_as_a_superuser_or_as_the_owner_and_touches_nothing()
    {
        await _server.EnsureDatabaseAsync("own", default);
        foreach (var (connection, fault) in new[] { (_server.AdministratorConnectionString("own"), "is a superuser"), (_server.OwnerConnectionString("own"), "owns the tables") })
        {
            (await RunAsync("Production", $"--ConnectionStrings:CaseWorkflows={connection}")).Should().Contain(fault).And.Contain("ConnectionStrings:Migrations").And.NotContain("   at ");
            (await ScalarAsync(connection, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")).Should().Be(0L);
        }
    }

    [Fact]
    public async Task A_host_that_may_not_migrate_says_so_when_the_schema_is_older()
    {
        await _server.EnsureDatabaseAsync("own", default);
        (await RunAsync("Production", $"--ConnectionStrings:CaseWorkflows={_server.ConnectionString("own")}"))
            .Should().Contain("older than this host").And.Contain("0001_instances").And.Contain("database migrate").And.NotContain("   at ");
    }

    [Fact]
    public async Task The_verbs_make_the_roles_take_over_what_a_superuser_owned_and_migrate_and_a_host_serves()
    {
        // As the example for containers had it before: the superuser of the server was the only role.
        await ScalarAsync(_server.AdministratorConnectionString("postgres"), "CREATE DATABASE own");
        var administrator = _server.AdministratorConnectionString("own");
        await using (var old = new HostProcess([$"--ConnectionStrings:CaseWorkflows={administrator}", "--Database:AllowOwner=true"], "Production"))
        {
            await old.StartAsync();
            old.Output.Should().Contain("is a superuser", "it is allowed, and warned of");
        }

        var owner = As(administrator, "klinik_ägare", "ägarens 'lösen'");
        var answering = As(administrator, "klinik_svar", "svarets;lösen");
        string[] both = [$"--ConnectionStrings:CaseWorkflows={answering}", $"--ConnectionStrings:Migrations={owner}"];
        (await RunAsync("Production", both)).Should().Contain("refuses", "the roles are not there yet");
        (await RunAsync("Production", ["database", "roles", $"--ConnectionStrings:Administrator={administrator}", .. both])).Should().Contain("klinik_svar answers calls");
        (await RunAsync("Production", $"--ConnectionStrings:CaseWorkflows={answering}")).Should().Contain("older than this host");
        (await RunAsync("Production", ["database", "migrate", .. both])).Should().Contain("up to date");

        await using var host = new HostProcess([$"--ConnectionStrings:CaseWorkflows={answering}", "--Administrator:Password=fyra ord utan mening"], "Production");
        await host.StartAsync();
        (await ScalarAsync(owner, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relowner <> current_user::regrole")).Should().Be(0L);
        (await ScalarAsync(answering, "SELECT count(*) FROM reference WHERE kind = 'region'")).Should().NotBe(0L);
    }

    private static string As(string connection, string role, string password) =>
        new NpgsqlConnectionStringBuilder(connection) { Username = role, Password = password }.ConnectionString;

    private static async Task<string> RunAsync(string environment, params string[] arguments)
    {
        await using var host = new HostProcess(arguments, environment);
        await host.RunToEndAsync();
        return host.Output;
    }

    private static async Task<object?> ScalarAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
