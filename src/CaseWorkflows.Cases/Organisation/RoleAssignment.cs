namespace CaseWorkflows.Cases.Organisation;

/// <summary>A role at a unit, an operation (all its units), a region (all of it) or "*" (everywhere).</summary>
public sealed record RoleAssignment
{
    public required string Id { get; init; }

    public required string Person { get; init; }

    public required string Role { get; init; }

    /// <summary>Unit id, operation id, region code or "*".</summary>
    public required string Unit { get; init; }

    /// <summary>Local dates, both inclusive.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public string? Group { get; init; }

    public string? GrantedBy { get; init; }

    /// <summary>own, or cover for <see cref="CoverFor"/>.</summary>
    public string Reason { get; init; } = Own;

    /// <summary>Person id whose work is covered.</summary>
    public string? CoverFor { get; init; }

    public const string Own = "own";
    public const string Cover = "cover";
}
