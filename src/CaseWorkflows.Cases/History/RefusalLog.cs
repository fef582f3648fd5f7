using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.History;

/// <summary>Audits what was refused (D-14): the only trace that a refused call leaves.</summary>
public sealed class RefusalLog(NpgsqlDataSource database)
{
    public Task AddAsync(CommandContext context, ForbiddenException refusal, CancellationToken ct) => DatabaseRetry.RunAsync(() => AddOnceAsync(context, refusal, ct), ct);

    private async Task AddOnceAsync(CommandContext context, ForbiddenException refusal, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        string? region = null, unit = refusal.Unit, task = null;
        var caseId = refusal.CaseId;
        await using (var command = new NpgsqlCommand("""
            SELECT region, unit, NULL, id FROM cases WHERE id = $1
            UNION ALL SELECT region, unit, title, case_id FROM task WHERE id = $2
            """, connection).With(Sql.Value(refusal.CaseId), Sql.Value(refusal.TaskId)))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) (region, unit, task, caseId) = (reader.GetString(0), reader.GetString(1), reader.Text(2) ?? task, reader.Uuid(3) ?? caseId);
        }

        region ??= context.Reference.RegionOf(unit) ?? context.Actor.Regions.FirstOrDefault() ?? "";
        await using var batch = new NpgsqlBatch(connection);
        var held = context.Actor.Assignments.Count > 0 ? context.Actor.Assignments[0] : null;
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = $"Nekad: {refusal.What}", Actor = context.Actor, At = context.Now, Region = region, Unit = unit, CaseId = caseId, TaskId = refusal.TaskId,
            Role = held?.Role, RoleUnit = held?.Unit, Capacity = held?.Reason, Task = task, Source = context.Source, Refused = true
        });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
