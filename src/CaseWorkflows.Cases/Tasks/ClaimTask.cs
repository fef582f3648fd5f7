using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Takes a task that nobody has, or a colleague's with a reason .</summary>
public sealed class ClaimTask(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext call, Guid taskId, string? reason, CancellationToken ct) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            var right = new TaskAccess(context).Demand(task, $"Ta ”{task.Title}”");
            TaskConflicts.DemandActive(task.State);
            var me = context.Actor.PersonId!;
            if (task.Assignee == me && task.State == TaskState.Taken) return null;
            if (right.TakesOver && SoundText.IsBlank(reason))
                throw new ValidationFailedException("skäl", "Skäl krävs för att ta över en kollegas uppgift");
            TextLimits.Demand("skäl", reason, TextLimits.Reason);
            batch.Add("UPDATE task SET assignee = $2, state = 'Tagen', claimed_at = $3, revision = revision + 1 WHERE id = $1", taskId, me, context.Now);
            return right.TakesOver
                ? new TaskChange.Entry("Uppgift övertagen", right, context.Reference.FindPerson(task.Assignee)?.ShortName, context.Actor.UserName, reason)
                : new TaskChange.Entry("Uppgift tagen", right, null, context.Actor.UserName);
        }, ct, TaskOpening.ByTaker);
}
