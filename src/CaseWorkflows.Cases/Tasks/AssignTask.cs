using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Administration;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Gives a task to a colleague who is among its candidates.</summary>
public sealed class AssignTask(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext call, Guid taskId, string? to, CancellationToken ct) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            var right = new TaskAccess(context).DemandDistribution(task, $"Fördela ”{task.Title}”");
            TaskConflicts.DemandActive(task.State);
            var person = context.Reference.FindPerson(to) is { } found && AdministrationScope.MaySee(context, found) ? found : throw new ValidationFailedException("to", "Personen finns inte.");
            var candidate = task.CandidatePersons.Contains(person.Id)
                || task.Candidates.Any(c => context.Reference.HasRole(person.Id, c.Role, c.Unit));
            if (!candidate) throw new ValidationFailedException("to", $"{person.DisplayName} har ingen roll som kan göra uppgiften.");
            if (!person.WorksAt(context.Now)) throw new ValidationFailedException("to", $"{person.DisplayName} arbetar inte här längre, eller ännu.");
            batch.Add("UPDATE task SET assignee = $2, state = 'Tagen', claimed_at = $3, revision = revision + 1 WHERE id = $1", taskId, person.Id, context.Now);
            return new TaskChange.Entry("Uppgift tilldelad", right, context.Reference.FindPerson(task.Assignee)?.ShortName, person.ShortName);
        }, ct);
}
