namespace CaseWorkflows.Cases.Organisation;

/// <summary>A disturbance in a service (driftstörning).</summary>
public sealed record Downtime
{
    public required string Service { get; init; }

    public required DateTimeOffset From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Unit { get; init; }

    public string? Region { get; init; }

    /// <summary>How the service was reached meanwhile.</summary>
    public string? Contact { get; init; }

    /// <summary>Case ids.</summary>
    public IReadOnlyList<string> AffectedCases { get; init; } = [];

    public string? PhoneList { get; init; }

    public string? Note { get; init; }
}
