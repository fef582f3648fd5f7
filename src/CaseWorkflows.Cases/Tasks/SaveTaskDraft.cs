using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>
/// Keeps what somebody has filled in so far; a completion that leaves the field out takes it from here. What has been kept since the writer's page was
/// opened, by a colleague or on another page of the writer's own, is left alone.
/// </summary>
public sealed class SaveTaskDraft(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    /// <param name="fields">Added to what is kept; with <paramref name="outcome"/> they are the whole draft.</param>
    /// <param name="outcome">The outcome they are written for, as a page shows it; null = none in particular.</param>
    /// <param name="seen">Null = the writer looks at no page.</param>
    public Task ExecuteAsync(
        CommandContext call, Guid taskId, JsonObject fields, CancellationToken ct, string? outcome = null, SeenDraft? seen = null) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            new TaskAccess(context).DemandOwn(task, $"Spara utkast till ”{task.Title}”");
            TaskConflicts.DemandActive(task.State);
            DemandSeen(context, task, seen);
            var draft = outcome is null ? task.Draft ?? [] : [];
            foreach (var (name, value) in fields)
            {
                var field = task.Form.FirstOrDefault(f => FieldKey.Same(f.Key, name) || FieldKey.Same(f.Label, name));
                if (field is not null) draft[field.Key] = value?.DeepClone();
            }

            // No new revision: a draft must not refuse the completion of whoever has the task open.
            batch.Add("UPDATE task SET draft = $2, draft_outcome = $3, draft_at = $4, draft_by = $5, draft_page = $6 WHERE id = $1",
                taskId, Sql.Json(draft), Sql.Value(outcome ?? task.DraftOutcome), context.Now, Sql.Value(context.Actor.PersonId), Sql.Value(seen?.ShortPage));
            return null;
        }, ct, TaskOpening.ByWorker);

    /// <summary>Throws the draft away: the form shows what is prefilled.</summary>
    /// <param name="seen">Null = the caller looks at no page.</param>
    public Task DiscardAsync(CommandContext call, Guid taskId, CancellationToken ct, SeenDraft? seen = null) =>
        new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            new TaskAccess(context).DemandOwn(task, $"Kasta utkastet till ”{task.Title}”");
            if (seen is not null && task is { Draft.Count: > 0 } && task.DraftBy != context.Actor.PersonId && task.DraftAt > seen.KeptAt) throw TaskConflicts.DraftChanged();
            batch.Add("UPDATE task SET draft = NULL, draft_outcome = NULL, draft_at = NULL, draft_by = NULL, draft_page = NULL WHERE id = $1", taskId);
            return null;
        }, ct);

    private static void DemandSeen(CommandContext context, TaskRecord task, SeenDraft? seen)
    {
        if (seen is null || task is not { Draft.Count: > 0, DraftBy: { } writer } || !(task.DraftAt > seen.KeptAt)) return;
        if (writer != context.Actor.PersonId) throw TaskConflicts.ColleagueWrites(context.Reference.FindPerson(writer)?.ShortName ?? writer);
        if (task.DraftPage is { } page && seen.ShortPage is { } mine && page != mine) throw TaskConflicts.WrittenElsewhere();
    }
}
