namespace CaseWorkflows.Cases.Cases;

/// <summary>A routine running, or run, for the case.</summary>
/// <param name="Status">Null where how it fares may tell what the reader may not read.</param>
public sealed record CaseInstance(Guid Id, string DefinitionId, int Version, string? Status)
{
    /// <summary>No other run began it.</summary>
    internal bool IsRoot { get; init; }
}
