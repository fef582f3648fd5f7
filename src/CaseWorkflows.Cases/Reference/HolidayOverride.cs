namespace CaseWorkflows.Cases.Reference;

/// <summary>A region's own exception to the Swedish calendar.</summary>
public sealed record HolidayOverride
{
    public required string Region { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>True: counted as a holiday; false: counted as an ordinary day.</summary>
    public bool Holiday { get; init; } = true;

    public string? Name { get; init; }
}
