namespace CaseWorkflows.Cases.Tasks;

/// <summary>A task in a list: names instead of ids.</summary>
public sealed record TaskItem
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public Guid? CaseId { get; init; }

    public string? CaseNumber { get; init; }

    /// <summary>Swedish name.</summary>
    public string? CaseType { get; init; }

    /// <summary>The case's subject in the resident's words; null for those who may not read what patients write.</summary>
    public string? Subject { get; init; }

    /// <summary>Name.</summary>
    public required string Unit { get; init; }

    /// <summary>Roles and units by name.</summary>
    public IReadOnlyList<TaskCandidate> Candidates { get; init; } = [];

    public required string State { get; init; }

    /// <summary>User name.</summary>
    public string? Assignee { get; init; }

    public string? AssigneeName { get; init; }

    public int? Priority { get; init; }

    public DateTimeOffset? Due { get; init; }

    /// <summary>When the clock of the task's case runs out; null without a case or clock.</summary>
    public DateTimeOffset? CaseDue { get; init; }

    public DateTimeOffset? WarnAt { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public string? Badge { get; init; }

    public DateTimeOffset? ParkedUntil { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public string? Outcome { get; init; }
}
