using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.Errors;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Organisation;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Actors;

/// <summary>What every command and reader needs to know about the call: who, when, by which reference data, from where.</summary>
public sealed record CommandContext(Actor Actor, ReferenceView Reference, DateTimeOffset Now)
{
    /// <summary>UI or API.</summary>
    public string Source { get; init; } = HistorySource.Api;

    public IdempotencyClaim? Idempotency { get; init; }

    /// <summary>A unit that something is asked for. Another region's is as unknown as one that does not exist.</summary>
    /// <exception cref="ValidationFailedException">On the field unit.</exception>
    public Unit DemandUnit(string idOrName) =>
        Reference.FindUnit(idOrName) is { } unit && Actor.InRegion(unit.Region) ? unit : throw new ValidationFailedException("unit", "Enheten finns inte.");
}
