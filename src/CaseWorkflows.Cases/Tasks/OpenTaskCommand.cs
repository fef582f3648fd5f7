using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>The assignee looks at the task for the first time: handling has begun ("Påbörjat").</summary>
internal sealed class OpenTaskCommand(NpgsqlDataSource database)
{
    /// <returns>False when somebody was first.</returns>
    public async Task<bool> ExecuteAsync(CommandContext context, TaskRecord task, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var record = task.CaseId is { } caseId ? await CaseStore.LockAsync(connection, caseId, ct) : null;
        var locked = await TaskStore.LockAsync(connection, task.Id, ct);
        if (locked.OpenedAt is not null || !locked.IsActive) return false;
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add("UPDATE task SET opened_at = $2 WHERE id = $1", task.Id, context.Now);
        HistoryWriter.Append(batch, Entry("Uppgift öppnad", null, null));
        if (record is { StartedAt: null } && task.OpenStatus is { } status)
        {
            var before = record.Status;
            record.Status = status;
            record.StartedAt = context.Now;
            CaseSql.Update(batch, record, context.Now, contentChanged: false);
            HistoryWriter.Append(batch, Entry("Status ändrad", before, status));
        }

        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;

        HistoryEntry Entry(string name, string? before, string? after) => new()
        {
            Event = name, Actor = context.Actor, At = context.Now, Region = task.Region, Unit = task.Unit, CaseId = task.CaseId, TaskId = task.Id,
            Task = task.Title, Before = before, After = after, Source = context.Source, Trial = task.Trial
        };
    }
}
