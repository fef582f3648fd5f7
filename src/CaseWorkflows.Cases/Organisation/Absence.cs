namespace CaseWorkflows.Cases.Organisation;

/// <summary>A registered absence; dates are local and inclusive, <see cref="To"/> null = open-ended.</summary>
public sealed record Absence
{
    public required string Id { get; init; }

    public required string Person { get; init; }

    public required DateOnly From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>sjukdom or annan.</summary>
    public required string Reason { get; init; }

    public string? RegisteredBy { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    public string? CoverArrangedBy { get; init; }

    public bool Covers(DateOnly day) => From <= day && (To is null || day <= To);
}
