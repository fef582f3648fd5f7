namespace CaseWorkflows.Cases.Organisation;

/// <summary>A unit keeps closed; local dates, both inclusive.</summary>
public sealed record Closure
{
    public required string Unit { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Unit that keeps open meanwhile.</summary>
    public string? CoverUnit { get; init; }

    public string? Reason { get; init; }

    public string? Note { get; init; }
}
