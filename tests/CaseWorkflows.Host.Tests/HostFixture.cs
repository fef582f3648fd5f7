using CaseWorkflows.Testing;

namespace CaseWorkflows.Host.Tests;

/// <summary>One in-process host for a test class.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
