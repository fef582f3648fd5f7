namespace CaseWorkflows.Cases.Reference;

/// <summary>Hours of one date, instead of the ordinary ones; no interval = closed.</summary>
public sealed record SpecialDay
{
    public required DateOnly Date { get; init; }

    public IReadOnlyList<IReadOnlyList<string>> Intervals { get; init; } = [];

    public string? Reason { get; init; }

    /// <summary>Unit that keeps open meanwhile, where shortened hours demand one .</summary>
    public string? CoverUnit { get; init; }
}
