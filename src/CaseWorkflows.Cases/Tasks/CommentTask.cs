using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>A remark for colleagues. The text stays with the task, the history only says that there is one.</summary>
public sealed class CommentTask(NpgsqlDataSource database, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext context, Guid taskId, string? text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new ValidationFailedException("text", "Kommentaren är tom.");
        return new TaskChange(database, signals).ExecuteAsync(context, taskId, (task, batch) =>
        {
            new TaskAccess(context.Actor, context.Reference).DemandSight(task);
            batch.Add("INSERT INTO task_comment (id, task_id, person, at, text) VALUES ($1, $2, $3, $4, $5)",
                Guid.CreateVersion7(), taskId, context.Actor.PersonId!, context.Now, text.Trim());
            return new TaskChange.Entry("Kommentar");
        }, ct);
    }
}
