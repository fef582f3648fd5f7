namespace CaseWorkflows.Cases.Cases;

/// <summary>A case in a list.</summary>
public sealed record CaseListItem
{
    public required Guid Id { get; init; }

    public required string CaseNumber { get; init; }

    public required string Unit { get; init; }

    public required string CaseType { get; init; }

    public required string Status { get; init; }

    public required IReadOnlyList<string> Flags { get; init; }

    public int? Priority { get; init; }

    public int? Team { get; init; }

    public DateTimeOffset ArrivedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public required CaseOwner Owner { get; init; }

    public required CaseClock Clock { get; init; }

    public string? Subject { get; init; }
}
