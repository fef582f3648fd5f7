using System.Text.Json.Nodes;
using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Graph;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>
/// A step. One immutable instance per node of a compiled graph, shared by every running workflow: keep nothing in fields,
/// use <see cref="ActivityExecutionContext.State"/>. Runs inside the burst: synchronous, no I/O, no clock or randomness of its own.
/// </summary>
public abstract class Activity
{
    private JsonObject? _json;

    /// <summary>Unique in the definition.</summary>
    public string Id { get; set; } = "";

    /// <summary>Ids joined from the workflow's root, <c>Workflow1:flow:step</c>.</summary>
    public string NodeId { get; internal set; } = "";

    public string TypeName { get; internal set; } = "";

    public int Version { get; internal set; } = 1;

    public string? Name { get; set; }

    /// <summary>True when the step may start the workflow by itself.</summary>
    public bool CanStartWorkflow { get; set; }

    /// <summary>How a token-mode flowchart merges what arrives here: Stream, Merge, Converge, Cascade, Race.</summary>
    public string? MergeMode { get; set; }

    /// <summary>The step as the definition stores it, unknown properties included.</summary>
    public JsonObject Json
    {
        get => _json ??= [];
        internal set => _json = value;
    }

    internal GraphNode Node { get; set; } = null!;

    protected internal abstract void Execute(ActivityExecutionContext c);

    /// <summary>A bookmark was resumed with what came: an event's payload, a task's answer, a job's result.</summary>
    protected internal virtual void Resume(ActivityExecutionContext c, Bookmark b, object? input) => c.Complete();

    /// <summary>A child scheduled by this step has completed.</summary>
    protected internal virtual void ChildCompleted(ActivityExecutionContext c, ActivityExecutionContext child)
    {
    }

    /// <summary>The step is cancelled. Its bookmarks, timers and children are already taken care of.</summary>
    protected internal virtual void Cancelled(ActivityExecutionContext c)
    {
    }

    /// <summary>Says at compile what is wrong with this step's settings, in Swedish. Called once per node.</summary>
    protected internal virtual void Validate(ActivityValidation v)
    {
    }

    internal virtual bool CompletesByItself => false;

    /// <summary>Reads what the general binding of properties does not: cases, connections.</summary>
    internal virtual void Bind(ActivityBinder b)
    {
    }

    /// <summary>A child was cancelled on its own, not because this step ends.</summary>
    internal virtual void ChildCancelled(ActivityExecutionContext c, ActivityExecutionContext child)
    {
    }
}
