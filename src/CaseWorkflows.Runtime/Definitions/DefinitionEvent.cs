namespace CaseWorkflows.Runtime.Definitions;

/// <summary>One line of a routine's audit history.</summary>
public sealed record DefinitionEvent(long Id, string DefinitionId, string? VersionId, int? Version, string Event,
    DateTimeOffset At, string PersonId, string PersonName, string? Reason, string? Detail);
