using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Gives a taken task back to its candidates.</summary>
public sealed class ReleaseTask(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext call, Guid taskId, CancellationToken ct) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            var right = new TaskAccess(context).Demand(task, $"Lämna tillbaka ”{task.Title}”");
            TaskConflicts.DemandActive(task.State);
            if (task.Assignee is null) return null;
            if (right.TakesOver) throw new ForbiddenException($"Lämna tillbaka ”{task.Title}”", task.CaseId, task.Id, task.Unit);
            if (task.Candidates.Count == 0 && task.CandidatePersons.Count <= 1)
                throw new ConflictException(ConflictTypes.TaskTaken, "Uppgiften är din personligen och har inga andra kandidater. Fördela den i stället.");
            batch.Add("UPDATE task SET assignee = NULL, state = 'Öppen', claimed_at = NULL, revision = revision + 1 WHERE id = $1", taskId);
            return new TaskChange.Entry("Uppgift återlämnad", right, context.Reference.FindPerson(task.Assignee)?.ShortName);
        }, ct);
}
