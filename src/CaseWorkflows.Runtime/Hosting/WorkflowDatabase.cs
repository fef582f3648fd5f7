using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Connection settings that the runtime's speed rests on.</summary>
public static class WorkflowDatabase
{
    /// <summary>
    /// Statements of bursts are prepared by themselves, and pooled connections are not reset between calls (nothing here leaves
    /// settings behind on a connection; listening connections leave the pool).
    /// </summary>
    public static NpgsqlConnectionStringBuilder Tune(NpgsqlConnectionStringBuilder connection)
    {
        connection.MaxAutoPrepare = Math.Max(connection.MaxAutoPrepare, 200);
        connection.AutoPrepareMinUsages = 2;
        connection.NoResetOnClose = true;
        connection.Enlist = false;
        return connection;
    }

    public static string Tune(string connectionString) => Tune(new NpgsqlConnectionStringBuilder(connectionString)).ConnectionString;
}
