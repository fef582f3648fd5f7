using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>A remark for colleagues. The text stays with the task, the history only says that there is one.</summary>
public sealed class CommentTask(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext call, Guid taskId, string? text, CancellationToken ct)
    {
        if (SoundText.IsBlank(text)) throw new ValidationFailedException("text", "Kommentaren är tom.");
        TextLimits.Demand("text", text, TextLimits.Text);
        return new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            new TaskAccess(context).DemandText(task, $"Kommentera ”{task.Title}”");
            batch.Add("INSERT INTO task_comment (id, task_id, person, at, text) VALUES ($1, $2, $3, $4, $5)",
                Guid.CreateVersion7(), taskId, context.Actor.PersonId!, context.Now, text.Trim());
            return new TaskChange.Entry("Kommentar");
        }, ct);
    }
}
