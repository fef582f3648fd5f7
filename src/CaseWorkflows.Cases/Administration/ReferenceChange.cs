using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>The statements of one change, alone or in the transaction of the event that tells of it.</summary>
internal sealed class ReferenceChange(
    CommandContext context, long version, ReferenceResource resource, string id, JsonObject document, JsonObject? before, DateTimeOffset? from, DateTimeOffset? to,
    ITriggerSchedule triggers, object? decided) : IBurstParticipant
{
    public ValueTask ReadAsync(NpgsqlDataReader reader, BurstScope burst, CancellationToken ct) => ValueTask.CompletedTask;

    public void AppendWrites(BurstScope burst, NpgsqlBatch batch) => Append(batch);

    public void Committed(BurstScope burst)
    {
    }

    public void Append(NpgsqlBatch batch)
    {
        var (scope, region) = (resource.ScopeOf(document, context), resource.RegionOf(document, context));
        // By that version it was decided who may do this.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT reference_expect($1)") { Parameters = { new() { Value = version } } });
        if (resource.OwnPeriod) ReferenceWriter.Replace(batch, resource.Kind, id, from, to, region, document, context.Actor.PersonId, context.Now);
        else ReferenceWriter.Save(batch, resource.Kind, id, from, to, region, document, context.Actor.PersonId, context.Now);
        resource.AppendAlso(batch, id, document, before, decided);
        HistoryWriter.Append(batch, new HistoryEntry
        {
            Event = before is null ? $"{resource.Name}: ny" : $"{resource.Name}: ändrad", Actor = context.Actor, At = context.Now,
            Region = region ?? context.Actor.Regions.FirstOrDefault() ?? "", Unit = scope is not null && context.Reference.Units.ContainsKey(scope) ? scope : null,
            Before = before is null ? null : Differing(before, document), After = before is null ? id : Differing(document, before), Source = context.Source
        });
        if (resource.MovesTriggers) triggers.Append(batch, context.Now);
        context.Idempotency?.Append(batch, $"{resource.Path}:{id}");
    }

    private string Differing(JsonObject of, JsonObject other) =>
        string.Join(", ", of.Where(p => !JsonNode.DeepEquals(p.Value, other[p.Key])).Select(p => $"{p.Key}: {Told(p.Key, p.Value)}"));

    private string Told(string field, JsonNode? value) => resource.Personal.Contains(field) ? "…" : value?.ToJsonString(DomainJson.Options) ?? "–";
}
