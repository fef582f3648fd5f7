using CaseWorkflows.Host.Processes;

namespace CaseWorkflows.Host.Tests.EmbeddedPostgres;

/// <summary>The host as a process: killed, started twice on a folder.</summary>
public sealed class KilledHostTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _folder.DisposeAsync();

    [Fact]
    public async Task A_killed_host_is_ready_again_within_five_seconds_on_the_server_it_left()
    {
        await using var host = new HostProcess([$"--Data:Directory={_folder.Path}"]);
        await host.StartAsync();
        for (var round = 0; round < 3; round++)
        {
            await host.KillAsync();
            await host.StartAsync(TimeSpan.FromSeconds(20));   // the promise is 5; other test projects share the cores
            host.Output.Should().Contain("that was still running");
        }
    }

    [Fact]
    public async Task A_second_host_on_the_folder_ends_with_a_sentence()
    {
        await using var first = new HostProcess([$"--Data:Directory={_folder.Path}"]);
        await first.StartAsync();
        await using var second = new HostProcess([$"--Data:Directory={_folder.Path}"]);
        (await second.RunToEndAsync()).Should().Be(1);
        second.Output.Should().Contain("används redan av en annan värd").And.Contain($"process {first.ProcessId}").And.NotContain("   at ");
    }
}
