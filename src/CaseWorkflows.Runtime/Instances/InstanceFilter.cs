using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>Conditions joined by and; null is no condition.</summary>
public sealed record InstanceFilter
{
    public IReadOnlyCollection<Guid>? Ids { get; init; }

    public string? DefinitionId { get; init; }

    public IReadOnlyCollection<string>? DefinitionIds { get; init; }

    public string? VersionId { get; init; }

    public int? Version { get; init; }

    public string? CorrelationId { get; init; }

    public Guid? CaseId { get; init; }

    public Guid? ParentId { get; init; }

    public IReadOnlyCollection<WorkflowStatus>? Statuses { get; init; }

    public IReadOnlyCollection<WorkflowSubStatus>? SubStatuses { get; init; }

    public bool? HasIncidents { get; init; }

    /// <summary>In name, correlation id, definition id or (whole) instance id.</summary>
    public string? Search { get; init; }

    /// <summary>Only these regions: what the reader has roles in. Null: every region.</summary>
    public IReadOnlyCollection<string>? Regions { get; init; }

    /// <summary>Null: both; by default no trial runs.</summary>
    public bool? Trial { get; init; } = false;

    /// <summary>The reader may not read what cases hold: correlation ids that routines have made are not compared, save those of trials.</summary>
    public bool HidesCases { get; init; }

    /// <summary>Of which runs the reader may be told how they fare; null: of all.</summary>
    public InstanceSight? Sight { get; init; }

    public DateTimeOffset? CreatedFrom { get; init; }

    public DateTimeOffset? CreatedTo { get; init; }

    public DateTimeOffset? UpdatedFrom { get; init; }

    public DateTimeOffset? UpdatedTo { get; init; }

    public DateTimeOffset? FinishedFrom { get; init; }

    public DateTimeOffset? FinishedTo { get; init; }
}
