using System.Diagnostics;
using CaseWorkflows.Host.EmbeddedPostgres;
using Npgsql;

namespace CaseWorkflows.Host.Tests.EmbeddedPostgres;

public sealed class PostgresServerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private PostgresServerOptions Options => new() { DataDirectory = _folder.Path, Durable = false };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _folder.DisposeAsync();

    [Fact]
    public async Task It_keeps_its_data_over_a_stop_and_a_start()
    {
        await using (var first = await PostgresServer.StartAsync(Options, default))
        {
            await ExecuteAsync(first, "CREATE TABLE kept (id int)");
        }

        await using var second = await PostgresServer.StartAsync(Options, default);
        second.Adopted.Should().BeFalse();
        (await ExecuteAsync(second, "SELECT to_regclass('kept') IS NOT NULL")).Should().Be(true);
    }

    [Fact]
    public async Task A_server_left_running_is_adopted()
    {
        var first = await PostgresServer.StartAsync(Options, default);
        var processId = first.ProcessId;
        first.Release();   // what the kernel does for a host that is killed

        await using var second = await PostgresServer.StartAsync(Options, default);
        second.Adopted.Should().BeTrue();
        second.ProcessId.Should().Be(processId);
    }

    [Fact]
    public async Task A_server_that_was_killed_under_load_starts_again()
    {
        await using var server = await PostgresServer.StartAsync(Options with { Durable = true }, default);
        await ExecuteAsync(server, "CREATE TABLE kept (id int)");
        await using var source = NpgsqlDataSource.Create(server.AdministratorConnectionString("postgres"));
        var busy = Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await using var command = source.CreateCommand("SELECT pg_sleep(30)");
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception e) when (e is NpgsqlException or IOException)
            {
                // Killed with the server.
            }
        }).ToArray();
        await Task.Delay(300);
        using (var postmaster = Process.GetProcessById(server.ProcessId!.Value)) postmaster.Kill();

        await server.RestartAsync(default);
        (await ExecuteAsync(server, "SELECT to_regclass('kept') IS NOT NULL")).Should().Be(true);
        await Task.WhenAll(busy);
    }

    [Fact]
    public async Task A_process_file_that_names_somebody_elses_process_is_no_server()
    {
        await using (var first = await PostgresServer.StartAsync(Options, default))
        {
            await ExecuteAsync(first, "CREATE TABLE kept (id int)");
        }

        // As after a crash of the machine, when the number has been given to another process: here, to ourselves.
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "postgres", "cluster", "postmaster.pid"),
            $"{Environment.ProcessId}\n{_folder.Path}/postgres/cluster\n1\n5432\n/nowhere\n\n\nready\n");
        await using var second = await PostgresServer.StartAsync(Options, default);
        second.Adopted.Should().BeFalse();
        second.ProcessId.Should().NotBe(Environment.ProcessId);
        (await ExecuteAsync(second, "SELECT to_regclass('kept') IS NOT NULL")).Should().Be(true);
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_with_the_holder_named()
    {
        await using var first = await PostgresServer.StartAsync(Options, default);
        var second = () => PostgresServer.StartAsync(Options, default);
        (await second.Should().ThrowAsync<DataDirectoryException>()).Which.Message
            .Should().Contain("används redan av en annan värd").And.Contain($"process {Environment.ProcessId}").And.Contain(_folder.Path);
        (await ExecuteAsync(first, "SELECT true")).Should().Be(true, "the first goes on undisturbed");
    }

    [Fact]
    public async Task A_folder_of_another_major_version_is_refused_and_left_alone()
    {
        await using (await PostgresServer.StartAsync(Options, default))
        {
        }

        var version = Path.Combine(_folder.Path, "postgres", "cluster", "PG_VERSION");
        var settings = Path.Combine(_folder.Path, "postgres", "cluster", "postgresql.conf");
        await File.WriteAllTextAsync(version, "15\n");
        var before = File.GetLastWriteTimeUtc(settings);
        var start = () => PostgresServer.StartAsync(Options, default);
        (await start.Should().ThrowAsync<DataDirectoryException>()).Which.Message.Should().Contain("PostgreSQL 15").And.Contain("PostgreSQL 18");
        File.GetLastWriteTimeUtc(settings).Should().Be(before);
    }

    [Fact]
    public async Task A_start_that_was_broken_off_half_way_leaves_nothing_in_the_way()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "postgres", "cluster.new"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "postgres", "cluster.new", "PG_VERSION"), "18\n");
        await using var server = await PostgresServer.StartAsync(Options, default);
        (await ExecuteAsync(server, "SELECT true")).Should().Be(true);
    }

    [Fact]
    public async Task A_folder_with_a_long_name_a_quote_and_a_space_works()
    {
        var options = Options with { DataDirectory = Path.Combine(_folder.Path, "Åsas 'mapp'", new string('a', 100)) };
        await using var server = await PostgresServer.StartAsync(options, default);
        (await ExecuteAsync(server, "SELECT true")).Should().Be(true);
    }

    [Fact]
    public async Task The_socket_of_a_long_path_lies_in_a_closed_folder_that_nobody_can_foretell_and_is_adopted_there()
    {
        if (OperatingSystem.IsWindows()) return;   // a port on loopback there
        var options = Options with { DataDirectory = Path.Combine(_folder.Path, new string('b', 100)) };
        string first;
        await using (var server = await PostgresServer.StartAsync(options, default))
        {
            first = server.SocketDirectory;
            File.GetUnixFileMode(first).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Exists(first).Should().BeFalse("it goes with the server");
        var left = await PostgresServer.StartAsync(options, default);
        left.SocketDirectory.Should().NotBe(first);
        left.Release();   // what the kernel does for a host that is killed

        await using var second = await PostgresServer.StartAsync(options, default);
        second.Adopted.Should().BeTrue();
        second.SocketDirectory.Should().Be(left.SocketDirectory);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("open")]
    [InlineData("gone")]
    [InlineData("server")]
    public async Task A_socket_folder_that_was_tampered_with_is_not_used_again(string how)
    {
        if (OperatingSystem.IsWindows()) return;   // a port on loopback there
        var options = Options with { DataDirectory = Path.Combine(_folder.Path, new string('b', 100)) };
        var note = Path.Combine(options.DataDirectory, "postgres", "socket-folder");
        var before = await PostgresServer.StartAsync(options, default);
        var known = before.SocketDirectory;
        var trap = known + "-trap";
        if (how != "server") await before.StopAsync();
        before.Release();
        if (how is "link" or "server")
        {
            Directory.Move(known, trap);
            Directory.CreateSymbolicLink(known, trap);
        }
        else if (how == "open") File.SetUnixFileMode(known, File.GetUnixFileMode(known) | UnixFileMode.OtherExecute);
        else Directory.Delete(known, recursive: true);

        try
        {
            await using var server = await PostgresServer.StartAsync(options, default);
            server.SocketDirectory.Should().NotBe(known);
            server.Adopted.Should().BeFalse("a server that listens there is stopped and started where it is safe");
            (await File.ReadAllTextAsync(note)).Trim().Should().Be(server.SocketDirectory);
            (await ExecuteAsync(server, "SELECT true")).Should().Be(true);
        }
        finally
        {
            if (how is "link" or "server") File.Delete(known);
            foreach (var folder in new[] { known, trap }.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_whose_name_PostgreSQL_cannot_take_is_refused_with_a_sentence()
    {
        var start = () => PostgresServer.StartAsync(Options with { DataDirectory = Path.Combine(_folder.Path, "a\"b") }, default);
        (await start.Should().ThrowAsync<DataDirectoryException>()).Which.Message.Should().Contain("tecken");
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password()
    {
        await using var server = await PostgresServer.StartAsync(Options, default);
        var wrong = new NpgsqlConnectionStringBuilder(server.AdministratorConnectionString("postgres")) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var open = () => connection.OpenAsync();
        (await open.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be("28P01");
    }

    [Fact]
    public async Task It_searches_Swedish_letters()
    {
        await using var server = await PostgresServer.StartAsync(Options, default);
        await ExecuteAsync(server, "CREATE EXTENSION pg_trgm");
        (await ExecuteAsync(server, "SELECT similarity('Åsa Öberg', 'åsa öberg') = 1 AND similarity('Öl', 'Al') < 0.5")).Should().Be(true);
    }

    private static async Task<object?> ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.AdministratorConnectionString("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
