namespace CaseWorkflows.Cases.Organisation;

/// <summary>A case type at a unit: offered or not, and why not (ROLL-02).</summary>
public sealed record CaseTypeOffer
{
    /// <summary>Canonical code.</summary>
    public required string Type { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>ärende, or genväg (a short cut to elsewhere).</summary>
    public string Mode { get; init; } = "ärende";

    public string? Reason { get; init; }

    /// <summary>Names that only this unit uses for the type .</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
