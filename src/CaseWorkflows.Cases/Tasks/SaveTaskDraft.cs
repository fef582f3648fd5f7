using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Keeps what somebody has filled in so far; a completion that leaves the field out takes it from here. A colleague's is left alone.</summary>
public sealed class SaveTaskDraft(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    public Task ExecuteAsync(CommandContext call, Guid taskId, JsonObject fields, CancellationToken ct) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            new TaskAccess(context).DemandOwn(task, $"Spara utkast till ”{task.Title}”");
            TaskConflicts.DemandActive(task.State);
            var draft = task.Draft ?? [];
            foreach (var (name, value) in fields)
            {
                var field = task.Form.FirstOrDefault(f => FieldKey.Same(f.Key, name) || FieldKey.Same(f.Label, name));
                if (field is not null) draft[field.Key] = value?.DeepClone();
            }

            // No new revision: a draft must not refuse the completion of whoever has the task open.
            batch.Add("UPDATE task SET draft = $2 WHERE id = $1", taskId, Sql.Json(draft));
            return null;
        }, ct);
}
