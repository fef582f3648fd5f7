using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Cases;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Prints a task: its print text filled with what was written (or drafted), else title and instructions. Audited.</summary>
public sealed class PrintTask(NpgsqlDataSource database, TaskStore tasks, ReadLog readLog, CommandContexts contexts, IHostSignals signals)
{
    public async Task<TaskPrint> ExecuteAsync(CommandContext context, Guid id, CancellationToken ct)
    {
        var task = await tasks.GetAsync(id, ct);
        new TaskAccess(context).DemandText(task, $"Skriv ut ”{task.Title}”");
        if (task.CaseId is { } caseId) await readLog.AddAsync(context, caseId, task.CaseUnits[0], "Utskrift av uppgift", ct);
        JsonObject? filled = null;
        await using (var command = database.CreateCommand("SELECT data::text FROM task_content WHERE task_id = $1").With(id))
        {
            if (await command.ExecuteScalarAsync(ct) is string text) filled = JsonNode.Parse(text) as JsonObject;
        }

        await new TaskChange(database, contexts, signals).ExecuteAsync(context, id, (_, _, _) => new TaskChange.Entry("Utskrift", null, null, "Uppgift"), ct);
        var values = filled ?? task.Draft ?? [];
        var body = task.Print is { } template
            ? PrintCase.Fill(template, values)
            : string.Join(Environment.NewLine, [task.Instructions ?? "", .. task.Form.Where(f => values[f.Key] is not null).Select(f => $"{f.Label}: {values[f.Key]}")]);
        if (task.CaseId is null) await readLog.AddNamedAsync(context, [task.Title, body], "Utskrift av uppgift", ct);
        return new TaskPrint(task.Id, task.Title, $"{task.Title}{Environment.NewLine}{task.CaseNumber}{Environment.NewLine}{body}", context.Now, context.Actor.UserName ?? "");
    }
}
