namespace CaseWorkflows.Cases.Cases;

/// <summary>An attached file, without its content.</summary>
public sealed record CaseAttachment(Guid Id, string Name, string ContentType, int Size, DateTimeOffset At);
