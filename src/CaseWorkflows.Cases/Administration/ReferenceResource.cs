using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;
using CaseWorkflows.Cases.Notices;
using CaseWorkflows.Cases.Reference;
using CaseWorkflows.Runtime;
using Npgsql;

namespace CaseWorkflows.Cases.Administration;

/// <summary>One kind of reference data as the administration sees it: who may write it, how a document is checked, what it tells the routines.</summary>
public abstract class ReferenceResource
{
    /// <summary>Kind as stored, and path segment of the API.</summary>
    public abstract string Kind { get; }

    public abstract string Path { get; }

    /// <summary>Swedish name for history and refusals.</summary>
    public abstract string Name { get; }

    /// <summary>Those who hold one of these somewhere may administer documents of the kind, at the places where they hold it.</summary>
    public abstract IReadOnlyList<string> Permissions { get; }

    /// <summary>The record that the document has to fit; what it does not name is refused.</summary>
    public abstract Type Shape { get; }

    /// <summary>Fields that say what the document is about: once made they do not change.</summary>
    public virtual IReadOnlyList<string> Fixed => [];

    /// <summary>Swedish sentence for a change of a fixed field.</summary>
    public virtual string FixedMessage => "Uppgiften ändras inte i efterhand. Skapa en ny rad.";

    /// <summary>Fields that the history names without their values.</summary>
    public virtual IReadOnlyList<string> Personal => [];

    /// <summary>Id of a new document: made here, or what the document is by nature.</summary>
    public virtual string NewId(JsonObject document) => Guid.CreateVersion7().ToString();

    /// <summary>Every unit, operation and region that the document touches, by id; none or "*" = shared by all, which is the system administrator's alone.</summary>
    public abstract IEnumerable<string> PlacesOf(JsonObject document, CommandContext context);

    /// <summary>The place that history and lists put the document at.</summary>
    public string? ScopeOf(JsonObject document, CommandContext context) => PlacesOf(document, context).FirstOrDefault();

    public virtual string? RegionOf(JsonObject document, CommandContext context) => context.Reference.RegionOf(ScopeOf(document, context));

    /// <summary>Checks and completes a document before it is saved; faults go into <paramref name="faults"/>. Fields have their right kinds here.</summary>
    /// <param name="before">The document as it was; null for a new one.</param>
    public abstract void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults);

    /// <summary>Asked of the document as it is and as it becomes.</summary>
    public virtual bool MayWrite(JsonObject document, CommandContext context) =>
        Permissions.Any(p => AdministrationScope.Holds(context, p, PlacesOf(document, context)));

    /// <summary>What the change itself needs beyond <see cref="MayWrite"/>.</summary>
    public virtual bool MayChange(JsonObject document, JsonObject? before, CommandContext context) => true;

    /// <summary>False: whatever the document says, the actor administers none of the kind.</summary>
    public virtual bool MayTry(CommandContext context) =>
        AdministrationScope.IsSystemAdministrator(context.Actor) || Permissions.Any(context.Actor.MayAnywhere);

    public virtual bool MayRead(JsonObject document, CommandContext context)
    {
        var regions = PlacesOf(document, context).Select(context.Reference.RegionOf).OfType<string>().ToList();
        return regions.Count == 0 || regions.Any(context.Actor.InRegion);
    }

    /// <summary>The document as the API shows it.</summary>
    public virtual JsonObject Show(JsonObject document, CommandContext context) => (JsonObject)document.DeepClone();

    /// <summary>The period is part of the document (from, to), not a point from which it is valid.</summary>
    public virtual bool OwnPeriod => false;

    /// <summary>The document has a field validFrom of its own.</summary>
    public virtual bool OwnValidFrom => false;

    /// <summary>Event for routines that follow such changes; null = none.</summary>
    public virtual ReferenceEvent? EventOf(JsonObject document, JsonObject? before, CommandContext context) => null;

    /// <summary>Scheduled triggers follow from it and have to be computed anew.</summary>
    public virtual bool MovesTriggers => false;

    /// <summary>Fields that change at once and take no later day: something outside the document follows them.</summary>
    public virtual IReadOnlyList<string> Immediate => [];

    /// <summary>Checks that ask the database, once <see cref="Prepare"/> has found no fault.</summary>
    /// <returns>What was decided by, for <see cref="AppendAlso"/>.</returns>
    internal virtual Task<object?> CheckAsync(
        NpgsqlDataSource database, JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults, CancellationToken ct) => Task.FromResult<object?>(null);

    /// <summary>What else changes in the same transaction.</summary>
    internal virtual void AppendAlso(NpgsqlBatch batch, string id, JsonObject document, JsonObject? before, object? decided)
    {
    }

    /// <summary>Word to people that goes with the change, in its transaction.</summary>
    internal virtual IReadOnlyList<IBurstParticipant> WordOf(JsonObject document, JsonObject? before, CommandContext context, DeliveryChannels channels) => [];
}
