using CaseWorkflows.Cases.Database;
using CaseWorkflows.Cases.History;
using CaseWorkflows.Cases.Reference;

namespace CaseWorkflows.Cases.Actors;

/// <summary>What every command and reader needs to know about the call: who, when, by which reference data, from where.</summary>
public sealed record CommandContext(Actor Actor, ReferenceView Reference, DateTimeOffset Now)
{
    /// <summary>UI or API.</summary>
    public string Source { get; init; } = HistorySource.Api;

    public IdempotencyClaim? Idempotency { get; init; }
}
