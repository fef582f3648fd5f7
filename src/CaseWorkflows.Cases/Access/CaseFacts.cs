using CaseWorkflows.Cases.Tasks;

namespace CaseWorkflows.Cases.Access;

/// <summary>What decides who may see a case.</summary>
internal sealed record CaseFacts
{
    public required string Region { get; init; }

    public required string Unit { get; init; }

    public required string ResponsibleUnit { get; init; }

    public string? OwnerPerson { get; init; }

    public string? OwnerUnit { get; init; }

    public string? Channel { get; init; }

    public bool Protected { get; init; }

    public bool Trial { get; init; }

    public string? Starter { get; init; }

    public IReadOnlyList<TaskRecord> Tasks { get; init; } = [];
}
