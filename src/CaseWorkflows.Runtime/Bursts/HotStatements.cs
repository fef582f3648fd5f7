using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Prepares the statements of a burst, once on each connection.</summary>
internal static class HotStatements
{
    /// <summary>
    /// A round trip where the connection has not seen one of the statements, else none. The texts have to be few and fixed: what is
    /// prepared so stays for the connection's life.
    /// </summary>
    public static Task PrepareHotAsync(this NpgsqlBatch batch, CancellationToken ct) => batch.PrepareAsync(ct);
}
