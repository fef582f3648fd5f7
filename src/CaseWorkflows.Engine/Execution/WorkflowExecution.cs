using System.Diagnostics;
using CaseWorkflows.Engine.Activities.Composition;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.Graph;
using CaseWorkflows.Engine.Journal;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <summary>The working memory of one burst: the executions alive, what is scheduled, and what has come out so far.</summary>
internal sealed partial class WorkflowExecution
{
    /// <summary>A run that has lived so long and starts another is one of a series, and not of a chain that runs away.</summary>
    private static readonly TimeSpan AgeOfSeries = TimeSpan.FromHours(1);

    private readonly ulong _seed;
    private readonly Queue<WorkItem> _queue = new();
    private readonly List<Effect> _effects = [];
    private readonly List<JournalEntry> _journal = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private int _executed;

    public WorkflowExecution(WorkflowGraph graph, Guid instanceId, BurstEnvironment environment)
    {
        Graph = graph;
        InstanceId = instanceId;
        Environment = environment;
        Outputs = new OutputRegister(graph.ReadsOutputs);
        _seed = InstanceIds.Seed(instanceId);
    }

    public WorkflowGraph Graph { get; }

    public Guid InstanceId { get; }

    public BurstEnvironment Environment { get; }

    public OutputRegister Outputs { get; }

    public IReadOnlyDictionary<string, object?> Input { get; set; } = new Dictionary<string, object?>();

    public Dictionary<string, object?> Output { get; private set; } = new(StringComparer.Ordinal);

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public GraphNode? TriggerNode { get; set; }

    public bool TriggerUsed { get; private set; }

    public object? TriggerPayload { get; set; }

    public ActivityExecutionContext? Root { get; private set; }

    /// <summary>Other runs that this burst starts.</summary>
    public int RunsStarted { get; set; }

    public WorkflowStatus Status { get; private set; } = WorkflowStatus.Running;

    public WorkflowSubStatus SubStatus { get; private set; } = WorkflowSubStatus.Executing;

    private int Sequence { get; set; }

    private long NextNumber { get; set; } = 1;

    private DateTimeOffset CreatedAt { get; set; }

    private bool Halted { get; set; }

    public string IdOf(long number) => InstanceIds.Of(_seed, number);

    public void Start(StartBurst s)
    {
        CreatedAt = Environment.Now;
        CorrelationId = s.CorrelationId;
        Name = s.Name;
        Input = s.Input ?? Input;
        TriggerPayload = s.TriggerPayload;
        TriggerNode = s.TriggerNodeId is null ? null : Graph.Find(s.TriggerNodeId) ?? Graph.Nodes.FirstOrDefault(n => n.Activity.Id == s.TriggerNodeId);
        _queue.Enqueue(new WorkItem(Graph.Nodes[0], null, null, null));
        Run();
    }

    /// <summary>
    /// The depth of what this run starts. A run that has lived for a while and does not wait for what it starts is a series (a day's run that
    /// starts the next day's), and counting begins anew.
    /// </summary>
    public int DepthOfNext(bool waits) => waits || Environment.Now - CreatedAt < AgeOfSeries ? Environment.Depth + 1 : 0;

    /// <exception cref="ValueException">More than a burst may do; nothing of what the step has scheduled is left.</exception>
    public void Schedule(ActivityExecutionContext owner, GraphNode node, string? tag, IReadOnlyDictionary<string, object?>? variables)
    {
        if (_queue.Count >= Environment.Limits.MaxActivities)
        {
            Purge(owner);
            throw new ValueException($"Steget ville utföra fler än {Environment.Limits.MaxActivities} steg på en gång och stoppades.");
        }

        owner.ScheduledCount++;
        _queue.Enqueue(new WorkItem(node, owner, tag, variables));
    }

    public bool IsScheduled(ActivityExecutionContext owner, GraphNode node)
    {
        foreach (var item in _queue)
        {
            if (ReferenceEquals(item.Owner, owner) && ReferenceEquals(item.Node, node)) return true;
        }

        return false;
    }

    public void Emit(ActivityExecutionContext c, Effect effect)
    {
        effect.ActivityInstanceId = c.ActivityInstanceId;
        effect.NodeId = c.Node.NodeId;
        _effects.Add(effect);
    }

    public JournalEntry Log(ActivityExecutionContext c, string eventName, string? message = null)
    {
        var entry = new JournalEntry(c.Node, c, Sequence++, eventName, Environment.Now, message);
        _journal.Add(entry);
        return entry;
    }

    public bool IsWorkflowOutput(ActivityExecutionContext c, string name)
    {
        for (var p = c.Parent; p is not null; p = p.Parent)
        {
            if (p.Activity is WorkflowDefinitionActivity w) return w.Definition.Outputs.Any(o => o.Name == name);
        }

        return Graph.Definition.Outputs.Any(o => o.Name == name);
    }

    /// <summary>Runs what is scheduled until nothing is left or the workflow has stopped.</summary>
    private void Run()
    {
        while (!Halted && Environment.Revision is not { IsSpent: true } && _queue.TryDequeue(out var item))
        {
            if (item.Owner is not null) item.Owner.ScheduledCount--;
            Execute(item);
        }
    }

    private void Execute(WorkItem item)
    {
        var c = new ActivityExecutionContext(this, item.Node, item.Owner, NextNumber++) { Tag = item.Tag };
        if (item.Owner is null) Root = c;
        else (item.Owner.LiveChildren ??= []).Add(c);
        Environment.Revision?.Note(c);
        c.DeclareVariables(item.Variables);
        var entry = Log(c, HasBookmarkAt(item.Node) ? "Resumed" : "Started");
        if (++_executed > Environment.Limits.MaxActivities)
        {
            Stop(c, $"tog fler än {Environment.Limits.MaxActivities} steg");
            return;
        }

        if (Stopwatch.GetElapsedTime(_began) > Environment.Limits.MaxTime)
        {
            Stop(c, $"arbetade i mer än {Environment.Limits.MaxTime.TotalSeconds:0} sekunder");
            return;
        }

        Guarded(c, entry, static (c, entry) =>
        {
            EvaluateInputs(c, entry);
            var activity = c.Node.Activity;
            activity.Execute(c);
            if (activity.CompletesByItself && c is { Status: ActivityStatus.Running, BookmarkCount: 0, ScheduledCount: 0 } && c.LiveChildren is not { Count: > 0 }) c.Complete();
        });
        // A trigger starts the workflow once; coming back to it later is to wait for it again.
        if (ReferenceEquals(item.Node, TriggerNode)) TriggerUsed = true;
        if (c.Status == ActivityStatus.Running && c.BookmarkCount > 0 && HasLoudBookmark(c)) Log(c, "Suspended");
    }

    private void Stop(ActivityExecutionContext c, string what)
    {
        Fault(c, $"Arbetsflödet {what} i följd och stoppades. Går det runt i en slinga utan slut?", null);
        Halted = true;
    }

    private static void EvaluateInputs(ActivityExecutionContext c, JournalEntry entry)
    {
        var slots = c.Node.Slots;
        if (slots.Length == 0) return;
        var values = new object?[slots.Length];
        for (var i = 0; i < slots.Length; i++) values[i] = slots[i].Evaluate(c);
        c.InputValues = values;
        entry.InputValues = values;
    }

    /// <summary>True for a step that is known to come to what cannot be kept: it has failed, and is not run.</summary>
    private bool Refused(ActivityExecutionContext c)
    {
        if (Environment.Revision is not { Refused.Count: > 0 } revision || !revision.Refused.TryGetValue(c.ActivityInstanceId, out var why)) return false;
        Fault(c, why, null);
        if (revision.StopsAtRefused) Halted = true;
        return true;
    }

    /// <summary>Runs code of an activity; whatever it throws fails its step and nothing else.</summary>
    private void Guarded<T>(ActivityExecutionContext c, T argument, Action<ActivityExecutionContext, T> run)
    {
        if (Refused(c)) return;
        try
        {
            run(c, argument);
        }
        catch (StimulusRefusedException e) when (e.Refuses(c))
        {
            throw;
        }
        catch (Exception e)
        {
            var why = e is Expressions.ExpressionException or ValueException ? e.Message
                : "Steget kunde inte utföras: " + (e is StimulusRefusedException refused ? refused.StepMessage : FaultText.Of(e));
            Fault(c, why, e.GetType().FullName);
        }
    }
}
