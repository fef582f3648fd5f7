namespace CaseWorkflows.Cases.Organisation;

/// <summary>People of a unit who go by one name.</summary>
public sealed record Group
{
    public required string Name { get; init; }

    public required string Unit { get; init; }

    /// <summary>Person ids.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public string? Note { get; init; }
}
