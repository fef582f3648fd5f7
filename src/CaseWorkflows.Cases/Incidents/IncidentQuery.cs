namespace CaseWorkflows.Cases.Incidents;

/// <summary>What a list of open incidents is asked for.</summary>
public sealed record IncidentQuery
{
    /// <summary>Id or exact name.</summary>
    public string? Unit { get; init; }

    /// <summary>Id or number.</summary>
    public string? Case { get; init; }

    public string? Cursor { get; init; }

    public int Limit { get; init; } = 50;
}
