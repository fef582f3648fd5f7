using CaseWorkflows.Host.Verbs.Torture;
using Xunit.Abstractions;

namespace CaseWorkflows.Host.Tests.Torture;

/// <summary>The short form of the verb torture: what is acknowledged survives kill -9, exactly once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_done_twice_when_the_host_is_killed_under_load()
    {
        var told = new StringWriter();
        var result = await TortureRun.RunAsync(
            new TortureOptions { Cases = 24, Clients = 8, Kills = 3, Quiet = TimeSpan.FromSeconds(10) }, TextWriter.Synchronized(told), CancellationToken.None);
        output.WriteLine(told.ToString());
        output.WriteLine(result.Summary);

        result.Faults.Should().BeEmpty();
        result.Kills.Should().Be(3);
        result.AcknowledgedCases.Should().BeGreaterThanOrEqualTo(24);
        result.AcknowledgedCompletions.Should().BeGreaterThan(0);
    }
}
