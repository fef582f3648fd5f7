using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Journal;

/// <summary>One thing that happened to one execution of a step.</summary>
public sealed class JournalEntry
{
    internal JournalEntry(GraphNode node, ActivityExecutionContext execution, int sequence, string eventName, DateTimeOffset at, string? message)
    {
        Node = node;
        Execution = execution;
        Sequence = sequence;
        EventName = eventName;
        At = at;
        Message = message;
    }

    /// <summary>From 0, without gaps within the instance.</summary>
    public int Sequence { get; }

    /// <summary>Started, Suspended, Resumed, Completed, Faulted, Canceled, or an activity's own.</summary>
    public string EventName { get; }

    public DateTimeOffset At { get; }

    public string NodeId => Node.NodeId;

    public string ActivityId => Node.Activity.Id;

    public string ActivityType => Node.Activity.TypeName;

    public int ActivityTypeVersion => Node.Activity.Version;

    public string? ActivityName => Node.Activity.Name;

    public string ActivityInstanceId => Execution.ActivityInstanceId;

    public string? ParentActivityInstanceId => Execution.Parent?.ActivityInstanceId;

    public string? Message { get; }

    /// <summary>Evaluated inputs by PascalCase name; on the Started entry.</summary>
    public JsonObject? State => StateValues is null ? null : Values.ToJsonObject(StateValues);

    /// <summary>For example <c>{"Outcomes":["Done"]}</c> on Completed.</summary>
    public JsonObject? Payload => PayloadValues is null ? null : Values.ToJsonObject(PayloadValues);

    /// <summary>Outputs by PascalCase name; on the Completed entry.</summary>
    public JsonObject? Outputs => OutputValues is null ? null : Values.ToJsonObject(OutputValues);

    internal GraphNode Node { get; }

    internal ActivityExecutionContext Execution { get; }

    internal IReadOnlyDictionary<string, object?>? StateValues { get; set; }

    internal IReadOnlyDictionary<string, object?>? PayloadValues { get; set; }

    internal IReadOnlyDictionary<string, object?>? OutputValues { get; set; }
}
