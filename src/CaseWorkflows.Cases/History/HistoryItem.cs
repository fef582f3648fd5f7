namespace CaseWorkflows.Cases.History;

/// <summary>An entry of the history as the API shows it.</summary>
public sealed record HistoryItem(
    DateTimeOffset At, HistoryActor Actor, string Event, string? Task, string? Activity, string? Before, string? After, string? Reason, string? Source, bool Refused, string? Rule);
