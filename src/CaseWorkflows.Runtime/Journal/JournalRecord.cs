using System.Text.Json.Nodes;

namespace CaseWorkflows.Runtime;

/// <summary>A journal entry as read back.</summary>
public sealed record JournalRecord
{
    public required Guid InstanceId { get; init; }

    /// <summary>From 0, without gaps within the instance.</summary>
    public required int Sequence { get; init; }

    public required string EventName { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset At { get; init; }

    public required string NodeId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityType { get; init; }

    public required int ActivityTypeVersion { get; init; }

    public string? ActivityName { get; init; }

    public required string ActivityInstanceId { get; init; }

    public string? ParentActivityInstanceId { get; init; }

    public string? Message { get; init; }

    /// <summary>Evaluated inputs by PascalCase name.</summary>
    public JsonObject? State { get; init; }

    /// <summary>For example <c>{"Outcomes":["Done"]}</c>.</summary>
    public JsonObject? Payload { get; init; }

    public JsonObject? Outputs { get; init; }

    /// <summary>Inputs, outputs, messages and other data have been removed by rule; outcomes stay.</summary>
    public bool DataRemoved { get; init; }

    /// <summary>Id of the entry, stable: the instance's id with the sequence number in its last bytes.</summary>
    public string Id => $"{InstanceId:N}{Sequence:x8}";
}
