using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Testing;
using Npgsql;

namespace CaseWorkflows.Cases.Tests.Reference;

/// <summary>A database with the reference files loaded.</summary>
public sealed class SeededDatabase : IAsyncLifetime, IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 4, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database = new();

    public NpgsqlDataSource Source => _database.DataSource;

    public NpgsqlDataSource Owner => _database.Owner;

    public ReferenceStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (await new ReferenceSeeder(Source).SeedAsync(Repository.ReferenceFolder, "demo", Now, CancellationToken.None)).Should().BeTrue();
        Store = new ReferenceStore(Source);
    }

    public async Task<ReferenceView> ViewAsync(DateTimeOffset? at = null) => (await Store.FreshAsync(CancellationToken.None)).At(at ?? Now);

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    public async Task DisposeAsync()
    {
        Store.Dispose();
        await _database.DisposeAsync();
    }
}
