using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Somebody has the task before them. The assignee's first look begins the handling ("Påbörjat"); others' looks change nothing.</summary>
public sealed class MarkTaskOpened(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext call, Guid taskId, CancellationToken ct) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, _) =>
        {
            new TaskAccess(context).DemandSight(task);
            return null;
        }, ct, TaskOpening.ByAssignee);
}
