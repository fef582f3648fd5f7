using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>
/// Connections outside the pool, for what keeps one long while other work goes on: listening, moving the clock, preparing the database. One of the
/// pool's would be missing for the work that it waits for.
/// </summary>
public static class OwnConnections
{
    /// <summary>To the same database with the same rights; closed for good when it is disposed.</summary>
    public static async Task<NpgsqlConnection> OpenOwnConnectionAsync(this NpgsqlDataSource data, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(data);
        await using var model = data.CreateConnection();
        var connection = model.CloneWith(new NpgsqlConnectionStringBuilder(data.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
