using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>An instance in a list.</summary>
public record InstanceSummary
{
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string VersionId { get; init; }

    public required int Version { get; init; }

    public required WorkflowStatus Status { get; init; }

    public required WorkflowSubStatus SubStatus { get; init; }

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public Guid? CaseId { get; init; }

    public Guid? ParentId { get; init; }

    public required string Region { get; init; }

    public bool Trial { get; init; }

    public int IncidentCount { get; init; }

    public int Revision { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
