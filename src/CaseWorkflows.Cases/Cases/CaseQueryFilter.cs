namespace CaseWorkflows.Cases.Cases;

/// <summary>What a case list is asked for. Dates are local and inclusive.</summary>
public sealed record CaseQueryFilter
{
    public string? Unit { get; init; }

    public string? Status { get; init; }

    public string? Flag { get; init; }

    public string? CaseType { get; init; }

    /// <summary>Person.</summary>
    public string? Owner { get; init; }

    public string? Q { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public bool? Open { get; init; }

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}
