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

    /// <summary>What a person calls the step: its text in the drawing, else its name, else its id.</summary>
    public string ActivityLabel => GraphCompiler.Shown(Node.Activity.Json);

    public string ActivityInstanceId => Execution.ActivityInstanceId;

    public string? ParentActivityInstanceId => Execution.Parent?.ActivityInstanceId;

    public string? Message { get; }

    /// <summary>Evaluated inputs by PascalCase name; on the Started entry.</summary>
    public JsonObject? State => InputValues is null ? null : Inputs();

    /// <summary>For example <c>{"Outcomes":["Done"]}</c> on Completed.</summary>
    public JsonObject? Payload => PayloadValues is not null ? Values.ToJsonObject(PayloadValues)
        : Outcomes is { Count: > 0 } ? new JsonObject { [nameof(Outcomes)] = new JsonArray([.. Outcomes.Select(o => JsonValue.Create(o))]) }
        : null;

    /// <summary>Outputs by PascalCase name; on the Completed entry.</summary>
    public JsonObject? Outputs => OutputValues is null ? null : Values.ToJsonObject(OutputValues);

    internal GraphNode Node { get; }

    internal ActivityExecutionContext Execution { get; }

    /// <summary>Values of the node's input slots, in their order.</summary>
    internal object?[]? InputValues { get; set; }

    internal IReadOnlyList<string>? Outcomes { get; set; }

    internal IReadOnlyDictionary<string, object?>? PayloadValues { get; set; }

    internal IReadOnlyDictionary<string, object?>? OutputValues { get; set; }

    private JsonObject Inputs()
    {
        var o = new JsonObject();
        for (var i = 0; i < Node.Slots.Length; i++)
        {
            if (InputValues![i] is { } value) o[Node.Slots[i].Name] = Values.ToJson(value);
        }

        return o;
    }
}
