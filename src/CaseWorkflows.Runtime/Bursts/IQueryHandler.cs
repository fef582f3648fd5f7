using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Answers queries that activities ask for, in the burst's own transaction. It sees the database as before the burst.</summary>
public interface IQueryHandler
{
    bool Handles(object query);

    Task<object?> RunAsync(object query, NpgsqlConnection connection, NpgsqlTransaction transaction, BurstScope scope, CancellationToken ct);
}
