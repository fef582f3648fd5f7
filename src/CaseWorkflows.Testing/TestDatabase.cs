using Npgsql;

namespace CaseWorkflows.Testing;

/// <summary>
/// A migrated, empty database of one's own on a real PostgreSQL, for one test class: make it an <c>IClassFixture</c>, or
/// call the constructor. It is cloned from a template in some tens of milliseconds and dropped when disposed. The server
/// is embedded, one per test process, and writes to disk without waiting; it stops when the process ends.
/// Different databases may be used in parallel; one database is as safe to share as any PostgreSQL database.
/// </summary>
public sealed class TestDatabase : IDisposable, IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _owner;
    private bool _disposed;

    public TestDatabase() : this(TestServer.Template)
    {
    }

    private TestDatabase(string? template)
    {
        var server = TestServer.Shared;
        Name = "test_" + Guid.CreateVersion7().ToString("N");
        server.CreateDatabase(Name, template);
        // A pool per database that shrinks at once: a run makes hundreds of databases on one server.
        const string pool = ";Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=1";
        ConnectionString = server.ConnectionString(Name) + pool;
        OwnerConnectionString = server.OwnerConnectionString(Name) + pool;
        DataSource = NpgsqlDataSource.Create(ConnectionString);
        _owner = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(OwnerConnectionString));
    }

    /// <summary>A database without any schema.</summary>
    public static TestDatabase Empty() => new(template: null);

    /// <summary>A database that a host on a manual clock which begins at the time finds or makes filled with <c>workflows/</c> and the demo users.</summary>
    public static async Task<TestDatabase> SeededAsync(DateTimeOffset now) => new(await TestServer.Shared.SeededAsync(now, async name =>
    {
        await using var application = await TestHost.CreateAsync(TestServer.Shared.ConnectionString(name) + ";Pooling=false", new TestHostOptions { Now = now });
    }) ?? TestServer.Template);

    public string Name { get; }

    /// <summary>As the role that the product answers calls as: what it may not do, fails here too.</summary>
    public string ConnectionString { get; }

    /// <summary>As the role that owns the tables: for migrating, and for tests that tamper.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>A data source of the database as the role that answers calls, disposed with it.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>A data source of the database as its owner, disposed with it.</summary>
    public NpgsqlDataSource Owner => _owner.Value;

    /// <summary>Executes statements as the owner, who can switch off what protects the tables.</summary>
    public async Task ExecuteAsOwnerAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        DataSource.Dispose();
        if (_owner.IsValueCreated) _owner.Value.Dispose();
        TestServer.Shared.DropDatabase(Name);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
