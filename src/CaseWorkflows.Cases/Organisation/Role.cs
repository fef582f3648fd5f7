namespace CaseWorkflows.Cases.Organisation;

/// <summary>A role code with its Swedish name and what it permits (MODEL 4).</summary>
public sealed record Role
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Professions that may hold the role; empty = any (ONK-07).</summary>
    public IReadOnlyList<string> Professions { get; init; } = [];

    /// <summary>Least number of holders per unit; null = no demand (ONK-05).</summary>
    public int? MinimumPerUnit { get; init; }

    /// <summary>The role may stand in for tasks of these roles when a colleague is away.</summary>
    public IReadOnlyList<string> CoversRoles { get; init; } = [];

    /// <summary>The role belongs to the product, not to a unit's staff.</summary>
    public bool Product { get; init; }
}
