namespace CaseWorkflows.Engine.Authoring;

/// <summary>One start by the clock. <c>Key</c> names the series ("" when the trigger has one only, else for example a unit).</summary>
public sealed record ScheduledOccurrence(string Key, DateTimeOffset DueAt, IReadOnlyDictionary<string, object?> Input, string? Region);
