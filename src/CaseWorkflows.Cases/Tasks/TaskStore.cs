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
        return (await LockWithVersionAsync(connection, id, ct)).Task;
    }

    /// <summary>The locked row, and the version of the reference data as it is now, for rights are of this moment.</summary>
    internal static async Task<(TaskRecord Task, long ReferenceVersion)> LockWithVersionAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        // Two statements: what the second one reads is of after the wait for the lock, its case and the version too.
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("SELECT 1 FROM task WHERE id = $1 FOR UPDATE", id);
        batch.Add($"SELECT {TaskRow.Columns}, (SELECT v.version FROM reference_version v) {TaskRow.From} WHERE t.id = $1", id);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? (TaskRow.Read(reader), reader.GetInt64(reader.FieldCount - 1)) : throw new NotFoundException();
    }
}
