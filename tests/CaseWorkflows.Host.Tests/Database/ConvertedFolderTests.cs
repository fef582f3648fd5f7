using System.Security.Cryptography;
using System.Text;
using CaseWorkflows.Host.Database;
using CaseWorkflows.Host.EmbeddedPostgres;
using CaseWorkflows.Host.Processes;
using CaseWorkflows.Host.Tests.EmbeddedPostgres;
using Npgsql;

namespace CaseWorkflows.Host.Tests.Database;

/// <summary>A data folder of a host from before the roles: one superuser owns everything, and one file holds its password.</summary>
public sealed class ConvertedFolderTests : IAsyncLifetime
{
    private const string FirstOfTheRoles = "4003";
    private readonly TemporaryFolder _folder = new();

    private PostgresServerOptions Options => new() { DataDirectory = _folder.Path, Durable = false };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _folder.DisposeAsync();

    [Fact]
    public async Task An_old_data_folder_is_converted_at_its_first_start_and_is_as_it_was_at_the_second()
    {
        await MakeOldFolderAsync();

        for (var start = 1; start <= 2; start++)
        {
            await using (var host = new HostProcess([$"--Data:Directory={_folder.Path}"]))
            {
                await host.StartAsync();
                var token = await SignIn.TokenAsync(host.Client);
                using var me = await SignIn.GetAsync(host.Client, "/api/me", token);
                me.IsSuccessStatusCode.Should().BeTrue($"start {start}");
            }

            await using var server = await PostgresServer.StartAsync(Options, default);
            await using var answering = NpgsqlDataSource.Create(server.ConnectionString("caseworkflows") + ";Pooling=false");
            (await ScalarAsync(answering, "SELECT entry ->> 'event' FROM history WHERE stream = 'unit:gammal'")).Should().Be("Gammal händelse", "what was there is there");
            (await ScalarAsync(answering, "SELECT count(*) FROM verify_history()")).Should().Be(0L);
            (await ScalarAsync(answering, "SELECT current_user::text || rolsuper FROM pg_roles WHERE rolname = current_user")).Should().Be("caseworkflows_appfalse");
            (await ScalarAsync(answering, "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")).Should().Be(0L);
            (await ScalarAsync(answering, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S') AND relowner <> 'caseworkflows_owner'::regrole"))
                .Should().Be(0L);
            (await ScalarAsync(answering, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = current_database()")).Should().Be("caseworkflows_owner");
            await FluentActions.Awaiting(() => ScalarAsync(answering, "ALTER TABLE history DISABLE TRIGGER ALL")).Should().ThrowAsync<PostgresException>().WithMessage("*must be owner*");
        }
    }

    [Fact]
    public async Task A_conversion_that_was_broken_off_is_done_by_the_next_start()
    {
        await MakeOldFolderAsync();
        await using var server = await PostgresServer.StartAsync(Options, default);
        await using var administrator = NpgsqlDataSource.Create(server.AdministratorConnectionString("caseworkflows") + ";Pooling=false");
        await ScalarAsync(administrator, "CREATE ROLE caseworkflows_owner; ALTER TABLE history OWNER TO caseworkflows_owner");

        (await server.EnsureDatabaseAsync("caseworkflows", default)).Should().BeFalse();
        await using var owner = NpgsqlDataSource.Create(server.OwnerConnectionString("caseworkflows") + ";Pooling=false");
        (await DatabaseSchema.MigrateAsync(owner, "caseworkflows_app", default)).Should().Contain(m => m.StartsWith(FirstOfTheRoles));
        await using var answering = NpgsqlDataSource.Create(server.ConnectionString("caseworkflows") + ";Pooling=false");
        (await ScalarAsync(answering, "SELECT count(*) FROM history")).Should().Be(1L);
    }

    /// <summary>As the host of that time made it: initdb's role, its database, its migrations.</summary>
    private async Task MakeOldFolderAsync()
    {
        await using (var server = await PostgresServer.StartAsync(Options, default))
        {
            await using (var bootstrap = NpgsqlDataSource.Create(server.AdministratorConnectionString("postgres") + ";Pooling=false"))
                await ScalarAsync(bootstrap, "CREATE DATABASE \"caseworkflows\"");
            await using var superuser = NpgsqlDataSource.Create(server.AdministratorConnectionString("caseworkflows") + ";Pooling=false");
            await ScalarAsync(superuser, "CREATE TABLE schema_migration (name text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
            foreach (var (name, sql) in OldMigrations())
            {
                await ScalarAsync(superuser, sql);
                var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))[..16];
                await ScalarAsync(superuser, $"INSERT INTO schema_migration (name, digest) VALUES ('{name}', '{digest}')");
            }

            await ScalarAsync(superuser, """SELECT append_history('unit:gammal', '2026-04-02', 'VGR', 'gammal', NULL, NULL, false, false, '{"event":"Gammal händelse"}', 'Skäl')""");
            (await ScalarAsync(superuser, "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'caseworkflows_%'")).Should().Be(0L, "nobody had heard of the roles");
        }

        File.Delete(Path.Combine(_folder.Path, "postgres", "password-owner"));
        File.Delete(Path.Combine(_folder.Path, "postgres", "password-app"));
    }

    private static IEnumerable<(string Name, string Sql)> OldMigrations() =>
        from assembly in DatabaseSchema.Assemblies
        from resource in assembly.GetManifestResourceNames()
        let at = resource.IndexOf(".Migrations.", StringComparison.Ordinal)
        where at >= 0 && resource.EndsWith(".sql", StringComparison.Ordinal)
        let name = resource[(at + ".Migrations.".Length)..^".sql".Length]
        where string.CompareOrdinal(name, FirstOfTheRoles) < 0
        orderby name
        select (name, Read(assembly.GetManifestResourceStream(resource)!));

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
