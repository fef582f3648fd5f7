using CaseWorkflows.Cases.Access;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Incidents;

/// <summary>Stops a routine in earnest for good. Whoever decides about its faults may, for a reason, and the history says who and why.</summary>
public sealed class CancelRun(NpgsqlDataSource database, IWorkflowRuntime runtime, IHostSignals signals)
{
    private const string What = "Avbryta en rutin";

    /// <summary>Asks for all of them before anything is done to one.</summary>
    /// <exception cref="NotFoundException">No such run, another region's, or a trial.</exception>
    /// <exception cref="ForbiddenException">Inside the region, but not the actor's to decide.</exception>
    public async Task DemandAsync(CommandContext context, IReadOnlyCollection<Guid> instances, CancellationToken ct)
    {
        var rows = await RowsAsync(instances, ct);
        if (rows.Count < instances.Distinct().Count()) throw new NotFoundException();
        foreach (var row in rows) IncidentAccess.Demand(context, row, What);
    }

    /// <returns>False when it had finished already.</returns>
    /// <inheritdoc cref="DemandAsync"/>
    /// <exception cref="ValidationFailedException">No reason.</exception>
    public async Task<bool> ExecuteAsync(CommandContext context, Guid instance, string? reason, CancellationToken ct)
    {
        var row = (await RowsAsync([instance], ct)).SingleOrDefault() ?? throw new NotFoundException();
        IncidentAccess.Demand(context, row, What);
        var decision = new IncidentDecision(context, row, "Rutinen avbruten", IncidentDecision.Reason(reason), signals) { Step = row.DefinitionId };
        var outcome = await runtime.CancelAsync(new CancelWorkflow { InstanceId = instance, Ambient = [context.Actor], Participants = [decision] }, ct);
        return outcome.Kind == BurstOutcomeKind.Committed;
    }

    private async Task<List<IncidentRow>> RowsAsync(IReadOnlyCollection<Guid> instances, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT i.id, i.region, i.trial, i.definition_id, c.id, c.unit, c.responsible_unit, coalesce(c.protected, false)
            FROM instance i LEFT JOIN cases c ON c.id = i.case_id WHERE i.id = ANY ($1)
            """).With(Sql.Value(instances));
        var rows = new List<IncidentRow>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            rows.Add(new IncidentRow
            {
                Id = r.GetGuid(0), InstanceId = r.GetGuid(0), Region = r.GetString(1), Trial = r.GetBoolean(2), DefinitionId = r.GetString(3), Message = "",
                CaseId = r.Uuid(4), Unit = r.Text(5), ResponsibleUnit = r.Text(6), IsProtected = r.GetBoolean(7)
            });
        }

        return rows;
    }
}
