using System.Text.Json.Nodes;
using CaseWorkflows.Cases.Actors;

namespace CaseWorkflows.Cases.Administration;

/// <summary>One kind of reference data as the administration sees it: who may write it, how a document is checked, what it tells the routines.</summary>
public abstract class ReferenceResource
{
    /// <summary>Kind as stored, and path segment of the API.</summary>
    public abstract string Kind { get; }

    public abstract string Path { get; }

    /// <summary>Swedish name for history and refusals.</summary>
    public abstract string Name { get; }

    /// <summary>Id of a new document.</summary>
    public virtual string NewId(JsonObject document) => Guid.CreateVersion7().ToString();

    /// <summary>Unit, operation, region or "*" that the document belongs to; null = nothing in particular.</summary>
    public abstract string? ScopeOf(JsonObject document, CommandContext context);

    /// <summary>Checks and completes a document before it is saved; faults go into <paramref name="faults"/>.</summary>
    /// <param name="before">The document as it was; null for a new one.</param>
    public abstract void Prepare(JsonObject document, JsonObject? before, CommandContext context, FieldFaults faults);

    public abstract bool MayWrite(JsonObject document, CommandContext context);

    public virtual bool MayRead(JsonObject document, CommandContext context) =>
        ScopeOf(document, context) is not { } scope || context.Reference.RegionOf(scope) is not { } region || context.Actor.InRegion(region);

    /// <summary>The document as the API shows it.</summary>
    public virtual JsonObject Show(JsonObject document, CommandContext context) => (JsonObject)document.DeepClone();

    /// <summary>The period is part of the document (from, to), not a point from which it is valid.</summary>
    public virtual bool OwnPeriod => false;

    /// <summary>Event for routines that follow such changes; null = none.</summary>
    public virtual ReferenceEvent? EventOf(JsonObject document, JsonObject? before, CommandContext context) => null;

    /// <summary>Scheduled triggers follow from it and have to be computed anew.</summary>
    public virtual bool MovesTriggers => false;
}
