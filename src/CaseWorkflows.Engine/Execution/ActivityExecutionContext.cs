using CaseWorkflows.Engine.Activities.Composition;
using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <summary>One execution of one step, and the only thing a step may act on.</summary>
public sealed partial class ActivityExecutionContext
{
    private static readonly string[] NoOutcomes = [];
    private string? _id;
    private ActivityData? _data;

    internal ActivityExecutionContext(WorkflowExecution workflow, GraphNode node, ActivityExecutionContext? parent, long number)
    {
        Workflow = workflow;
        Node = node;
        Parent = parent;
        Number = number;
        StartedAt = workflow.Environment.Now;
    }

    public Activity Activity => Node.Activity;

    public ActivityExecutionContext? Parent { get; }

    /// <summary>Executions scheduled by this one that are still alive.</summary>
    public IReadOnlyList<ActivityExecutionContext> Children => LiveChildren ?? (IReadOnlyList<ActivityExecutionContext>)[];

    public ActivityStatus Status { get; internal set; } = ActivityStatus.Running;

    public Guid InstanceId => Workflow.InstanceId;

    public string DefinitionId => Workflow.Graph.Definition.DefinitionId;

    public int DefinitionVersion => Workflow.Graph.Definition.Version;

    public string? CorrelationId
    {
        get => Workflow.CorrelationId;
        set
        {
            InputLengths.Demand(value, InputLengths.Word);
            Workflow.CorrelationId = value;
        }
    }

    public string? WorkflowName
    {
        get => Workflow.Name;
        set
        {
            InputLengths.Demand(value, InputLengths.Line);
            Workflow.Name = value;
        }
    }

    public string ActivityInstanceId => _id ??= Workflow.IdOf(Number);

    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>Business time; the same through the burst.</summary>
    public DateTimeOffset Now => Workflow.Environment.Now;

    public IReadOnlyDictionary<string, object?> WorkflowInput => Workflow.Input;

    /// <summary>True when this step is the trigger that started the workflow.</summary>
    public bool IsTriggerOfWorkflow => ReferenceEquals(Workflow.TriggerNode, Node) && !Workflow.TriggerUsed;

    /// <summary>What the trigger came with, for example an event's payload.</summary>
    public object? TriggerPayload => Workflow.TriggerPayload;

    /// <summary>Kept with this execution over suspensions. Values: null, bool, numbers, strings, dates, lists and dictionaries of them.</summary>
    public ActivityData State => _data ??= new ActivityData();

    /// <summary>What the parent gave when it scheduled this execution.</summary>
    public string? Tag { get; internal set; }

    /// <summary>Outcomes this execution completed with; empty means Done.</summary>
    public IReadOnlyList<string> Outcomes { get; internal set; } = NoOutcomes;

    internal WorkflowExecution Workflow { get; }

    internal GraphNode Node { get; }

    internal long Number { get; }

    internal List<ActivityExecutionContext>? LiveChildren { get; set; }

    /// <summary>Children scheduled that have not begun.</summary>
    internal int ScheduledCount { get; set; }

    internal int BookmarkCount { get; set; }

    internal int FaultCount { get; set; }

    /// <summary>A small number some containers keep: the index of what runs now.</summary>
    internal int Counter { get; set; }

    /// <summary>A Break was reached inside.</summary>
    internal bool Breaking { get; set; }

    /// <summary>A flowchart's own book-keeping.</summary>
    internal FlowState? Flow { get; set; }

    /// <summary>Outcomes a Complete step inside asked for.</summary>
    internal string[]? PendingOutcomes { get; set; }

    internal bool HasData => _data?.Stored is { Count: > 0 };

    internal bool HasPendingWork
    {
        get
        {
            if (ScheduledCount > 0) return true;
            if (LiveChildren is null) return false;
            foreach (var child in LiveChildren)
            {
                if (child.Status == ActivityStatus.Running) return true;
            }

            return false;
        }
    }

    public void Complete() => Workflow.Complete(this, NoOutcomes);

    public void CompleteWithOutcomes(params string[] outcomes) => Workflow.Complete(this, outcomes);

    /// <summary>Fails the step: an incident, and by the definition's strategy the end of the workflow. The message is for staff: Swedish.</summary>
    public void Fault(string message) => Workflow.Fault(this, message, null);

    /// <param name="name">What kind of thing is waited for.</param>
    /// <param name="key">What an event finds it by, or null.</param>
    /// <param name="payload">Stored with it; made to JSON.</param>
    /// <param name="autoBurn">False: stays after being resumed.</param>
    public Bookmark CreateBookmark(string name, string? key, object? payload, bool autoBurn = true) =>
        Workflow.CreateBookmark(this, name, key, payload, autoBurn, quiet: false);

    public void BurnBookmark(string id) => Workflow.BurnBookmark(this, id);

    /// <summary>Bookmarks of this execution.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => Workflow.BookmarksOf(this);

    /// <summary>Resumes the bookmark at that time; the timer goes when the bookmark goes.</summary>
    public void ArmTimer(Bookmark bookmark, DateTimeOffset due)
    {
        ArgumentNullException.ThrowIfNull(bookmark);
        TimeBounds.Demand(Now, due);
        Emit(new TimerArmed(bookmark.Id, due));
    }

    public void Emit(Effect effect) => Workflow.Emit(this, effect);

    /// <summary>Schedules a child after what is already scheduled. Variables given live with the child's execution.</summary>
    public void Schedule(Activity child, string? tag = null, IReadOnlyDictionary<string, object?>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(child);
        Workflow.Schedule(this, child.Node, tag, variables);
    }

    /// <summary>Starts another workflow. With a bookmark, that bookmark is resumed with a <see cref="ChildResult"/> when it has finished.</summary>
    /// <returns>The child's instance id.</returns>
    public Guid StartChild(string definitionId, IReadOnlyDictionary<string, object?> input, string? correlationId = null, Bookmark? wait = null)
    {
        ChildStart.Demand(this, definitionId, 1, wait is not null);
        return ChildStart.Emit(this, definitionId, input, correlationId, wait?.Id);
    }

    /// <summary>Cancels an execution and everything below it.</summary>
    public void Cancel(ActivityExecutionContext child)
    {
        ArgumentNullException.ThrowIfNull(child);
        Workflow.Cancel(child, purge: true);
        child.Parent?.Activity.ChildCancelled(child.Parent, child);
    }

    /// <summary>An extra journal entry of this execution.</summary>
    public void Journal(string eventName, string? message, object? payload)
    {
        var entry = Workflow.Log(this, eventName, message);
        if (payload is not null) entry.PayloadValues = Values.ConvertTo<Dictionary<string, object?>>(payload);
    }

    /// <summary>An object the runtime or a module put in.</summary>
    /// <exception cref="InvalidOperationException">None of that type.</exception>
    public T Ambient<T>() => TryAmbient<T>() ?? throw new InvalidOperationException($"Steget behöver {typeof(T).Name}, som inte finns här.");

    public T? TryAmbient<T>() => Workflow.Environment.Find<T>();
}
