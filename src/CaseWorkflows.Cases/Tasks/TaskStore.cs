using CaseWorkflows.Cases.Cases;
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

    /// <summary>
    /// Locks a task with all that is locked before it, in the order that bursts take: its instance, its case, then itself. One round trip.
    /// With them the version of the reference data as it is now, for rights are of this moment.
    /// </summary>
    /// <exception cref="NotFoundException">No such task.</exception>
    internal static async Task<(TaskRecord Task, CaseRecord? Case, long ReferenceVersion)> LockAsync(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        // The rows are read when all are locked: what a statement reads beside the row that it waits for is of before the wait.
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("SELECT 1 FROM instance WHERE id = (SELECT instance_id FROM task WHERE id = $1) FOR NO KEY UPDATE", id);
        batch.Add("SELECT 1 FROM cases WHERE id = (SELECT case_id FROM task WHERE id = $1) FOR NO KEY UPDATE", id);
        batch.Add("SELECT 1 FROM task WHERE id = $1 FOR NO KEY UPDATE", id);
        batch.Add($"SELECT {CaseSql.Columns} {CaseSql.From} WHERE c.id = (SELECT case_id FROM task WHERE id = $1)", id);
        batch.Add($"SELECT {TaskRow.Columns}, (SELECT v.version FROM reference_version v) {TaskRow.From} WHERE t.id = $1", id);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var i = 0; i < 3; i++) await reader.NextResultAsync(ct);
        var record = await reader.ReadAsync(ct) ? CaseSql.Read(reader) : null;
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? (TaskRow.Read(reader), record, reader.GetInt64(reader.FieldCount - 1)) : throw new NotFoundException();
    }
}
