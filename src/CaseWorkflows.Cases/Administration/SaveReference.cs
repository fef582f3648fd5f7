using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>Adds or changes a reference document, with history and with the event for routines in one transaction.</summary>
public sealed class SaveReference(NpgsqlDataSource database, IWorkflowRuntime runtime, ReferenceStore reference, ITriggerSchedule triggers, IHostSignals signals)
{
    /// <param name="id">Null = a new document.</param>
    /// <param name="changes">The whole document, or what changes in it.</param>
    /// <param name="validFrom">From when it holds; null = now. Ignored where the document's own dates say it.</param>
    /// <returns>The document as shown.</returns>
    public async Task<JsonObject> ExecuteAsync(CommandContext context, ReferenceResource resource, string? id, JsonObject changes, DateTimeOffset? validFrom, CancellationToken ct)
    {
        var existing = id is null ? null : context.Reference.Row(resource.Kind, id) ?? throw new NotFoundException();
        if (existing is not null && !resource.MayRead(existing.Data, context)) throw new NotFoundException();
        var document = existing is null ? [] : (JsonObject)existing.Data.DeepClone();
        foreach (var (name, value) in changes)
            if (name is not ("validFrom" or "revision")) document[name] = value?.DeepClone();

        var faults = new FieldFaults();
        var before = existing?.Data;
        if (existing is not null) document["id"] = existing.Data["id"]?.DeepClone() ?? existing.Id;
        resource.Prepare(document, before, context, faults);
        var scope = resource.ScopeOf(document, context);
        Demand(context, resource, document, before, scope);
        faults.ThrowIfAny();
        id ??= resource.NewId(document);
        document["id"] ??= id;

        var period = ReferenceIds.PeriodOf(resource.Kind, document);
        var change = new ReferenceChange(context, resource, id, document, before, scope,
            resource.OwnPeriod ? period.From : validFrom ?? (before is null ? null : context.Now), resource.OwnPeriod ? period.To : null);
        if (resource.EventOf(document, before, context) is { } told)
        {
            await runtime.PublishEventAsync(new PublishEvent
            {
                Name = told.Name, CorrelationId = told.CorrelationId, Region = told.Region, Payload = told.Payload, Participants = [change]
            }, ct);
        }
        else
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using var batch = new NpgsqlBatch(connection, transaction);
            change.Append(batch);
            await batch.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }

        await reference.FreshAsync(ct);
        if (resource.MovesTriggers) await triggers.RescheduleAsync(ct);
        signals.Send(ChangeTopics.Reference);
        return resource.Show(document, context);
    }

    private static void Demand(CommandContext context, ReferenceResource resource, JsonObject document, JsonObject? before, string? scope)
    {
        if (scope is not null && context.Reference.RegionOf(scope) is { } region && !context.Actor.InRegion(region)) throw new NotFoundException();
        if (!resource.MayWrite(document, context) || (before is not null && !resource.MayWrite(before, context)))
            throw new ForbiddenException($"Ändra {resource.Name}", unit: scope is not null && context.Reference.Units.ContainsKey(scope) ? scope : null);
    }
}
