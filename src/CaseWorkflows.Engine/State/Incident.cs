namespace CaseWorkflows.Engine.State;

/// <summary>A step that failed. Id is unique within the instance.</summary>
public sealed record Incident(
    string Id,
    string ActivityId,
    string NodeId,
    string ActivityInstanceId,
    string ActivityType,
    string Message,
    string? ExceptionType,
    DateTimeOffset At);
