using CaseWorkflows.Host.Tests.EmbeddedPostgres;
using CaseWorkflows.Host.Processes;
using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests.Configuration;

public sealed class RefusedStartTests
{
    [Fact]
    public async Task Production_with_a_manual_clock_and_demo_users_ends_before_it_touches_anything()
    {
        await using var folder = new TemporaryFolder();
        await using var host = new HostProcess([$"--Data:Directory={folder.Path}", "--Clock:Mode=Manual", "--Demo:Password=demo"], "Production");
        (await host.RunToEndAsync()).Should().Be(1);
        host.Output.Should().Contain("Clock:Mode=Manual").And.Contain("Demo:Password").And.NotContain("   at ");
        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Production_refuses_a_database_that_holds_demo_users()
    {
        await using var database = new TestDatabase();
        await using (await TestHost.StartAsync(new TestHostOptions { Database = database }))
        {
        }

        await using var host = new HostProcess([$"--ConnectionStrings:CaseWorkflows={database.ConnectionString}"], "Production");
        (await host.RunToEndAsync()).Should().Be(1);
        host.Output.Should().Contain("demo users").And.NotContain("   at ");
    }

    [Fact]
    public async Task Production_starts_on_an_empty_database_without_anybody_to_sign_in_as()
    {
        await using var database = new TestDatabase();
        await using var host = new HostProcess([$"--ConnectionStrings:CaseWorkflows={database.ConnectionString}"], "Production");
        await host.StartAsync();
        using var answer = await host.Client.PostAsync("/api/auth/token",
            new StringContent("""{"userName":"admin","password":"demo"}""", System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("lösenord2026!!")]
    [InlineData("administratör1")]
    [InlineData("adminadminadmin")]
    public async Task Production_refuses_a_first_administrator_whose_password_is_guessed_at_once(string password)
    {
        await using var folder = new TemporaryFolder();
        await using var host = new HostProcess([$"--Data:Directory={folder.Path}", $"--Administrator:Password={password}"], "Production");
        (await host.RunToEndAsync()).Should().Be(1);
        host.Output.Should().Contain("Administrator:Password").And.NotContain("   at ");
        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();
    }
}
