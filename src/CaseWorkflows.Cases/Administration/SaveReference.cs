using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Bursts;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Cases.SignIn;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>
/// Adds or changes a reference document, with history and with the event for routines in one transaction. Who may do it is decided by
/// all reference data of one version, and the transaction holds only while that version does: otherwise it is decided anew.
/// </summary>
public sealed class SaveReference : IDisposable
{
    internal const int MostTries = 20;

    // One at a time in this host; only those of other hosts can come between.
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly NpgsqlDataSource _database;
    private readonly IWorkflowRuntime _runtime;
    private readonly ReferenceStore _reference;
    private readonly ITriggerSchedule _triggers;
    private readonly IHostSignals _signals;
    private readonly DeliveryChannels _channels;

    internal SaveReference(
        NpgsqlDataSource database, IWorkflowRuntime runtime, ReferenceStore reference, ITriggerSchedule triggers, IHostSignals signals, DeliveryChannels channels) =>
        (_database, _runtime, _reference, _triggers, _signals, _channels) = (database, runtime, reference, triggers, signals, channels);

    /// <param name="id">Null = a new document.</param>
    /// <param name="changes">The whole document, or what changes in it; a field sent back as it was shown is no change.</param>
    /// <param name="validFrom">From when it holds; null = now. Ignored where the document's own dates say it.</param>
    /// <returns>The document as shown, with its revision.</returns>
    /// <exception cref="ConflictException">The revision is not the last, or another document has what this one claims.</exception>
    public async Task<JsonObject> ExecuteAsync(CommandContext context, ReferenceResource resource, string? id, JsonObject changes, DateTimeOffset? validFrom, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await TryAsync(context, resource, id, changes, validFrom, ct);
                }
                catch (Exception error) when (attempt < MostTries && ReferenceConflicts.MayBeTriedAgain(error))
                {
                    // Another host was first: decided anew, by what stands there now.
                }
                catch (Exception error) when (ReferenceConflicts.Of(error) is { } refused)
                {
                    throw refused;
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<JsonObject> TryAsync(CommandContext context, ReferenceResource resource, string? id, JsonObject changes, DateTimeOffset? validFrom, CancellationToken ct)
    {
        var snapshot = await _reference.FreshAsync(ct);
        context = At(context, snapshot, context.Now);
        var from = resource.OwnPeriod ? null : validFrom;
        var existing = id is null ? null : Find(snapshot, context, resource, id, from);
        var before = existing?.Data;
        var document = Changed(resource, existing, changes, context);

        var faults = new FieldFaults();
        CheckFields(resource, existing, changes, from, faults);
        new DocumentSchema(context.Now, faults).Check(resource.Shape, document, existing is { Fault: null } ? before : null);
        // What has the wrong kind is not looked at further.
        if (!faults.Any) resource.Prepare(document, before, context, faults);
        CheckFixed(resource, document, before, faults);
        CheckImmediate(resource, document, before, from > context.Now, faults);
        Demand(context, resource, document, before, faults);
        faults.ThrowIfAny();
        var decided = await resource.CheckAsync(_database, document, before, context, faults, ct);
        faults.ThrowIfAny();
        if (existing is not null && changes["revision"] is { } revision && revision.ToJsonString() != existing.Revision.ToString(CultureInfo.InvariantCulture))
            throw new ConflictException(ConflictTypes.RevisionChanged, $"{resource.Name}: uppgiften har ändrats sedan du hämtade den. Hämta den på nytt.");
        if (existing is null)
        {
            id = resource.NewId(document);
            if (snapshot.Rows.Any(r => r.Kind == resource.Kind && r.Id == id && r.EndsAfter(context.Now)))
                throw new ConflictException(ConflictTypes.AlreadyExists, "Uppgiften finns redan. Ändra den som finns.", resource.Fixed is [var field, ..] ? field : null);
        }
        else
        {
            id = existing.Id;
        }

        document["id"] ??= id;
        await WriteAsync(context, snapshot, resource, id, document, before, from, decided, ct);

        var after = await _reference.FreshAsync(ct);
        // Asked for in the transaction as well: if this host dies here, another does it.
        if (resource.MovesTriggers) await _triggers.RescheduleAsync(ct);
        _signals.Send(ChangeTopics.Reference);
        if (before is not null && resource.Kind is (ReferenceKinds.Person or ReferenceKinds.RoleAssignment)) _signals.Send(Sessions.EndedTopic);
        var shown = resource.Show(document, At(context, after, context.Now));
        shown["revision"] = after.Rows.Where(r => r.Kind == resource.Kind && r.Id == id).Max(r => (int?)r.Revision);
        return shown;
    }

    private async Task WriteAsync(
        CommandContext context, ReferenceSnapshot snapshot, ReferenceResource resource, string id, JsonObject document, JsonObject? before, DateTimeOffset? from, object? decided,
        CancellationToken ct)
    {
        var period = ReferenceIds.PeriodOf(resource.Kind, document);
        var change = new ReferenceChange(context, snapshot.Version, resource, id, document, before,
            resource.OwnPeriod ? period.From : from ?? (before is null ? null : context.Now), resource.OwnPeriod ? period.To : null, _triggers, decided);
        var word = resource.WordOf(document, before, context, _channels);
        if (resource.EventOf(document, before, context) is { } told)
        {
            await _runtime.PublishEventAsync(new PublishEvent
            {
                Name = told.Name, CorrelationId = told.CorrelationId, Region = told.Region, Payload = told.Payload, OfUnits = told.OfUnits, Participants = [change, .. word]
            }, ct);
            return;
        }

        if (word.Count > 0)
        {
            var region = resource.RegionOf(document, context) ?? context.Actor.Regions.FirstOrDefault();
            await _runtime.PublishEventAsync(
                new PublishEvent { Name = $"{resource.Name} ändrad", Region = region, StartTriggers = false, Participants = [change, .. word] }, ct);
            return;
        }

        await DatabaseRetry.RunAsync(() => WriteAsync(change, ct), ct);
    }

    private async Task WriteAsync(ReferenceChange change, CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        change.Append(batch);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The call with the roles and the reference data of that version.</summary>
    private static CommandContext At(CommandContext context, ReferenceSnapshot snapshot, DateTimeOffset now)
    {
        var view = snapshot.At(now);
        var person = view.FindPerson(context.Actor.PersonId) ?? throw new ForbiddenException("Ändra grunduppgifter");
        return context with { Actor = Actor.Of(person, view), Reference = view };
    }

    /// <summary>The row that is there at the time of the change, or that will be; one that is left out is the system administrator's to mend.</summary>
    private static ReferenceRow Find(ReferenceSnapshot snapshot, CommandContext context, ReferenceResource resource, string id, DateTimeOffset? from)
    {
        var rows = snapshot.Rows.Where(r => r.Kind == resource.Kind && r.Id == id).OrderBy(r => r.ValidFrom).ToList();
        var at = from > context.Now ? from.Value : context.Now;
        var row = rows.FindLast(r => r.HoldsAt(at)) ?? rows.Find(r => r.EndsAfter(context.Now)) ?? throw new NotFoundException();
        if (AdministrationScope.IsSystemAdministrator(context.Actor)) return row;
        if (row.Fault is not null) throw new NotFoundException();
        // Left out for what another row says: known to the view alone.
        return row.HoldsAt(context.Now) && context.Reference.Row(resource.Kind, id) is null ? throw new NotFoundException() : row;
    }

    private static JsonObject Changed(ReferenceResource resource, ReferenceRow? existing, JsonObject changes, CommandContext context)
    {
        var document = existing is null ? [] : (JsonObject)existing.Data.DeepClone();
        var shown = existing is null ? null : resource.Show(existing.Data, context);
        foreach (var (name, value) in changes)
        {
            if (name is "revision" or "id" || (name == "validFrom" && !resource.OwnValidFrom)) continue;
            if (shown is not null && shown.TryGetPropertyValue(name, out var was) && JsonNode.DeepEquals(was, value)) continue;
            document[name] = value?.DeepClone();
        }

        if (existing is not null) document["id"] ??= existing.Id;
        return document;
    }

    private static void CheckFields(ReferenceResource resource, ReferenceRow? existing, JsonObject changes, DateTimeOffset? from, FieldFaults faults)
    {
        if (changes.TryGetPropertyValue("id", out var id))
        {
            if (existing is null) faults.Add("id", "Id sätts av systemet och anges inte.");
            else if (id?.ToString() != existing.Id) faults.Add("id", "Id ändras inte.");
        }

        if (existing is null && changes.ContainsKey("revision")) faults.Add("revision", "En ny rad har ingen revision.");
        if (existing is not null && from < existing.ValidFrom) faults.Add("validFrom", "Det finns en senare ändring. Ange en tid efter den.");
        if (existing is not null && changes["revision"] is { } revision && revision.GetValueKind() != JsonValueKind.Number) faults.Add("revision", "Ange ett heltal.");
    }

    private static void CheckFixed(ReferenceResource resource, JsonObject document, JsonObject? before, FieldFaults faults)
    {
        if (before is null) return;
        foreach (var field in resource.Fixed)
            if (!JsonNode.DeepEquals(before[field], document[field]) && !faults.Has(field)) faults.Add(field, resource.FixedMessage);
    }

    private static void CheckImmediate(ReferenceResource resource, JsonObject document, JsonObject? before, bool later, FieldFaults faults)
    {
        if (!later || before is null) return;
        foreach (var field in resource.Immediate)
            if (!JsonNode.DeepEquals(before[field], document[field])) faults.Add("validFrom", $"Fältet {field} ändras genast och tar ingen senare tid.");
    }

    /// <summary>Outside the actor's regions nothing is there; inside, every place that the row touches counts, as it is and as it becomes.</summary>
    private static void Demand(CommandContext context, ReferenceResource resource, JsonObject document, JsonObject? before, FieldFaults faults)
    {
        var places = resource.PlacesOf(document, context).Concat(before is null ? [] : resource.PlacesOf(before, context)).Distinct().ToList();
        var refused = new ForbiddenException($"Ändra {resource.Name}", unit: places.FirstOrDefault(context.Reference.Units.ContainsKey));
        if (places.Any(p => context.Reference.RegionOf(p) is { } region && !context.Actor.InRegion(region))) throw new NotFoundException();
        if (!resource.MayTry(context)) throw refused;
        // A place that is missing or unknown is a fault of the document, not a lack of rights.
        if (faults.Any && !places.Exists(p => p == ReferenceView.Everywhere || context.Reference.RegionOf(p) is not null)) faults.ThrowIfAny();
        if (!resource.MayWrite(document, context) || (before is not null && !resource.MayWrite(before, context)) || !resource.MayChange(document, before, context)) throw refused;
    }
}
