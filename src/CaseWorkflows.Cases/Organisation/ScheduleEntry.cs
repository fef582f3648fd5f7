namespace CaseWorkflows.Cases.Organisation;

/// <summary>A person scheduled for a function at a unit.</summary>
public sealed record ScheduleEntry
{
    public required string Id { get; init; }

    public required string Person { get; init; }

    public required string Unit { get; init; }

    public required string Function { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }
}
