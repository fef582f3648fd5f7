using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Loads single tasks.</summary>
public sealed class TaskStore(NpgsqlDataSource database)
{
    /// <exception cref="NotFoundException">No such task.</exception>
    public async Task<TaskRecord> GetAsync(Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"SELECT {TaskRow.Columns} {TaskRow.From} WHERE t.id = $1").With(id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? TaskRow.Read(reader) : throw new NotFoundException();
    }

    internal static async Task<TaskRecord> LockAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT {TaskRow.Columns} {TaskRow.From} WHERE t.id = $1 FOR UPDATE OF t", connection).With(id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? TaskRow.Read(reader) : throw new NotFoundException();
    }
}
