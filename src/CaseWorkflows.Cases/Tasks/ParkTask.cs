using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Forms;
using CaseWorkflows.Engine.Text;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Tasks;

/// <summary>Puts a task aside until a time, with a reason. Clocks go on.</summary>
public sealed class ParkTask(NpgsqlDataSource database, CommandContexts contexts, IHostSignals signals)
{
    /// <summary>Nobody means to see a task again after that; "until further notice" is no time to park until.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(5 * 366);

    public Task ExecuteAsync(CommandContext call, Guid taskId, DateTimeOffset? until, string? reason, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        if (until is null || until <= call.Now) errors["until"] = ["Ange en tid framåt."];
        else if (until - call.Now > Longest) errors["until"] = ["Ange en tid inom fem år."];
        if (SoundText.IsBlank(reason)) errors["reason"] = ["Skäl krävs."];
        else if (TextLimits.Fault(reason, TextLimits.Reason) is { } fault) errors["reason"] = [fault];
        if (errors.Count > 0) throw new ValidationFailedException(errors);
        return new TaskChange(database, contexts, signals).ExecuteAsync(call, taskId, (context, task, batch) =>
        {
            var right = new TaskAccess(context).Demand(task, $"Parkera ”{task.Title}”");
            TaskConflicts.DemandActive(task.State);
            batch.Add("UPDATE task SET parked_until = $2, revision = revision + 1 WHERE id = $1", taskId, until!.Value);
            return new TaskChange.Entry("Uppgift parkerad", right, null, Calendars.SwedishTime.ToLocal(until.Value).ToString("yyyy-MM-dd HH:mm"), reason);
        }, ct);
    }
}
