using CaseWorkflows.Host.Tests.EmbeddedPostgres;
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
}
