using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>What the small task commands share: lock in the common order, check by the rights of now, write with history and idempotency key, commit.</summary>
internal sealed class TaskChange(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    /// <param name="change">
    /// Adds statements for the locked task and names the event, for whoever acts by the reference data of now; null = nothing to do. Run anew when the
    /// database undoes the transaction.
    /// </param>
    /// <param name="opens">It is a look at the task, too: the assignee's first begins the handling (O-5).</param>
    public async Task ExecuteAsync(
        CommandContext call, Guid taskId, Func<CommandContext, TaskRecord, NpgsqlBatch, Entry?> change, CancellationToken ct, TaskOpening opens = TaskOpening.No)
    {
        if (await DatabaseRetry.RunAsync(() => RunOnceAsync(call, taskId, change, opens, ct), ct) is { } near) signals.Send(ChangeTopics.Tasks, near);
    }

    /// <returns>Where the change may be known; null when there is none.</returns>
    private async Task<string?> RunOnceAsync(
        CommandContext call, Guid taskId, Func<CommandContext, TaskRecord, NpgsqlBatch, Entry?> change, TaskOpening opens, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (task, record, version) = await TaskStore.LockAsync(connection, taskId, ct);
        var context = await contexts.RenewAsync(call, version, connection, ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var entry = change(context, task, batch);
        if (entry is not null)
        {
            HistoryWriter.Append(batch, new HistoryEntry
            {
                Event = entry.Event, Actor = context.Actor, At = context.Now, Region = task.Region, Unit = task.Unit, CaseId = task.CaseId, TaskId = task.Id,
                Role = entry.Right?.Role, RoleUnit = entry.Right?.Unit, Capacity = entry.Right?.Capacity, Task = task.Title,
                Before = entry.Before, After = entry.After, Reason = entry.Reason, Source = context.Source, Trial = task.Trial
            });
        }

        var opened = opens.Opens(task, context.Actor) && FirstLook(context, task, record, batch);
        context.Idempotency?.Append(batch, $"task:{taskId}");
        if (batch.BatchCommands.Count > 0)
        {
            HistoryWriter.PutLast(batch);
            await batch.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return entry is not null || opened ? ChangeTopics.At([task.Unit, .. record?.Units ?? []]) : null;
    }

    /// <summary>Marks the task as opened, and its case as begun where the routine says so.</summary>
    private static bool FirstLook(CommandContext context, TaskRecord task, CaseRecord? record, NpgsqlBatch batch)
    {
        batch.Add("UPDATE task SET opened_at = $2 WHERE id = $1", task.Id, context.Now);
        Append("Uppgift öppnad", null, null);
        if (record is not { StartedAt: null } || task.OpenStatus is not { } status) return true;
        var before = record.Status;
        record.Status = status;
        record.StartedAt = context.Now;
        CaseSql.Update(batch, record, context.Now, contentChanged: false);
        Append("Status ändrad", before, status);
        return true;

        void Append(string name, string? from, string? to) => HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = name, Actor = context.Actor, At = context.Now, Region = task.Region, Unit = task.Unit, CaseId = task.CaseId, TaskId = task.Id,
            Task = task.Title, Before = from, After = to, Source = context.Source, Trial = task.Trial
        });
    }

    internal sealed record Entry(string Event, TaskRight? Right = null, string? Before = null, string? After = null, string? Reason = null);
}
