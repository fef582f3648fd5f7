namespace CaseWorkflows.Runtime.Definitions;

/// <summary>Who changes a routine, when (business time) and why; goes into the definition's audit history.</summary>
public sealed record DefinitionChange(string PersonId, string PersonName, DateTimeOffset At, string? Reason = null);
