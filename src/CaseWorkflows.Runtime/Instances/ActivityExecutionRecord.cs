using System.Text.Json.Nodes;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Runtime;

/// <summary>One execution of one step, put together from its journal entries.</summary>
public sealed record ActivityExecutionRecord
{
    /// <summary>The activity instance id; unique within the workflow instance.</summary>
    public required string Id { get; init; }

    public required Guid InstanceId { get; init; }

    public required string NodeId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityType { get; init; }

    public required int ActivityTypeVersion { get; init; }

    public string? ActivityName { get; init; }

    public string? ParentId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public ActivityStatus Status { get; init; }

    /// <summary>Waiting for something outside.</summary>
    public bool HasBookmarks { get; init; }

    public int FaultCount { get; init; }

    /// <summary>The message of the last fault.</summary>
    public string? Error { get; init; }

    public JsonObject? Inputs { get; init; }

    public JsonObject? Outputs { get; init; }

    public JsonObject? Payload { get; init; }

    public IReadOnlyList<string> Outcomes { get; init; } = [];

    public int FirstSequence { get; init; }
}
