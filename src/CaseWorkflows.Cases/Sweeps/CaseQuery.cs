namespace CaseWorkflows.Cases.Sweeps;

/// <summary>What a sweep asks for: open cases of a unit, or of a person, that match any of the kinds. The answer is a list of <see cref="CaseQueryRow"/>.</summary>
public sealed record CaseQuery
{
    /// <summary>Unit id; null with <see cref="Person"/> = every unit.</summary>
    public string? UnitId { get; init; }

    /// <summary>Owner (person id) of the cases or assignee of an open task.</summary>
    public string? Person { get; init; }

    /// <summary>Nothing else says where the cases may be known: each row names its unit.</summary>
    public bool TellsUnits { get; init; }

    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Working days for <see cref="SweepKind.OldPartialReply"/>.</summary>
    public int OlderThanWorkingDays { get; init; } = 2;

    /// <summary>Only these case type codes; null = all.</summary>
    public IReadOnlyList<string>? CaseTypes { get; init; }
}
