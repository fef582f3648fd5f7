using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>What the small task commands share: lock, check by the rights of now, write with history and idempotency key, commit.</summary>
internal sealed class TaskChange(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    /// <param name="change">Adds statements for the locked task and names the event, for whoever acts by the reference data of now; null = nothing to do.</param>
    public async Task ExecuteAsync(
        CommandContext context, Guid taskId, Func<CommandContext, TaskRecord, NpgsqlBatch, Entry?> change, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (task, version) = await TaskStore.LockWithVersionAsync(connection, taskId, ct);
        context = await contexts.RenewAsync(context, version, ct);
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

        context.Idempotency?.Append(batch, $"task:{taskId}");
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        if (entry is not null) signals.Send(ChangeTopics.Tasks);
    }

    internal sealed record Entry(string Event, TaskRight? Right = null, string? Before = null, string? After = null, string? Reason = null);
}
