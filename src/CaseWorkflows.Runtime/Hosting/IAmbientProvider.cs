using Npgsql;

namespace CaseWorkflows.Runtime;

/// <summary>Gives triggers the objects they find by type (reference data, for example) when they are indexed or asked for their next time.</summary>
public interface IAmbientProvider
{
    /// <param name="connection">For what is not in memory; a transaction may be open on it.</param>
    ValueTask AddAsync(ICollection<object> ambient, DateTimeOffset now, NpgsqlConnection connection, CancellationToken ct);
}
