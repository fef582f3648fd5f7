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
    private bool _disposed;

    public TestDatabase() : this(migrated: true)
    {
    }

    private TestDatabase(bool migrated)
    {
        var server = TestServer.Shared;
        Name = "test_" + Guid.CreateVersion7().ToString("N");
        server.CreateDatabase(Name, migrated);
        // A pool per database that shrinks at once: a run makes hundreds of databases on one server.
        ConnectionString = server.ConnectionString(Name) + ";Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=1";
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>A database without any schema.</summary>
    public static TestDatabase Empty() => new(migrated: false);

    public string Name { get; }

    public string ConnectionString { get; }

    /// <summary>A data source of the database, disposed with it.</summary>
    public NpgsqlDataSource DataSource { get; }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        DataSource.Dispose();
        TestServer.Shared.DropDatabase(Name);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
