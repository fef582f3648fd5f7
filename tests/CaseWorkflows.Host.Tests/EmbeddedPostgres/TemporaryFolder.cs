using CaseWorkflows.Host.EmbeddedPostgres;

namespace CaseWorkflows.Host.Tests.EmbeddedPostgres;

/// <summary>A data folder that goes away with whatever server is left in it.</summary>
public sealed class TemporaryFolder : IAsyncDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "cw-host-tests-" + Guid.NewGuid().ToString("N")[..10]);

    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public async ValueTask DisposeAsync() => await PostgresServer.RemoveAsync(Path);
}
