using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Effects;
using CaseWorkflows.Engine.State;

namespace CaseWorkflows.Engine.Execution;

/// <summary>One execution of one step, and the only thing a step may act on.</summary>
public sealed class ActivityExecutionContext
{
    internal ActivityExecutionContext()
    {
    }

    public Activity Activity => throw new NotImplementedException();

    public ActivityExecutionContext? Parent => throw new NotImplementedException();

    public IEnumerable<ActivityExecutionContext> Children => throw new NotImplementedException();

    public ActivityStatus Status => throw new NotImplementedException();

    public Guid InstanceId => throw new NotImplementedException();

    public string DefinitionId => throw new NotImplementedException();

    public int DefinitionVersion => throw new NotImplementedException();

    public string? CorrelationId { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }

    public string? WorkflowName { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }

    public string ActivityInstanceId => throw new NotImplementedException();

    /// <summary>Business time; the same through the burst.</summary>
    public DateTimeOffset Now => throw new NotImplementedException();

    public IReadOnlyDictionary<string, object?> WorkflowInput => throw new NotImplementedException();

    /// <summary>Kept with this execution over suspensions. Values: null, bool, numbers, strings, dates, lists and dictionaries of them.</summary>
    public ActivityData State => throw new NotImplementedException();

    /// <summary>What the parent gave when it scheduled this execution.</summary>
    public string? Tag => throw new NotImplementedException();

    /// <summary>Outcomes this execution completed with.</summary>
    public IReadOnlyList<string> Outcomes => throw new NotImplementedException();

    public T? Get<T>(Input<T>? input) => throw new NotImplementedException();

    public void Set<T>(Output<T>? output, T? value) => throw new NotImplementedException();

    /// <summary>Sets an output by its PascalCase name.</summary>
    public void SetOutput(string name, object? value) => throw new NotImplementedException();

    /// <summary>Inputs evaluated for this execution by PascalCase name.</summary>
    public IReadOnlyDictionary<string, object?> EvaluatedInputs() => throw new NotImplementedException();

    /// <summary>Value of the nearest variable with this name, or null.</summary>
    public object? GetVariable(string name) => throw new NotImplementedException();

    /// <summary>Sets the nearest variable with this name, or makes one in the nearest scope.</summary>
    public void SetVariable(string name, object? value) => throw new NotImplementedException();

    public void SetWorkflowOutput(string name, object? value) => throw new NotImplementedException();

    public void Complete() => throw new NotImplementedException();

    public void CompleteWithOutcomes(params string[] outcomes) => throw new NotImplementedException();

    /// <summary>Fails the step: an incident, and by the definition's strategy the end of the workflow. The message is for staff: Swedish.</summary>
    public void Fault(string message) => throw new NotImplementedException();

    /// <param name="name">What kind of thing is waited for.</param>
    /// <param name="key">What an event finds it by, or null.</param>
    /// <param name="payload">Stored with it; made to JSON.</param>
    /// <param name="autoBurn">False: stays after being resumed.</param>
    public Bookmark CreateBookmark(string name, string? key, object? payload, bool autoBurn = true) => throw new NotImplementedException();

    public void BurnBookmark(string id) => throw new NotImplementedException();

    /// <summary>Bookmarks of this execution.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => throw new NotImplementedException();

    /// <summary>Resumes the bookmark at that time; the timer goes when the bookmark goes.</summary>
    public void ArmTimer(Bookmark bookmark, DateTimeOffset due) => throw new NotImplementedException();

    public void Emit(Effect effect) => throw new NotImplementedException();

    /// <summary>Schedules a child after what is already scheduled.</summary>
    public void Schedule(Activity child, string? tag = null, IReadOnlyDictionary<string, object?>? variables = null) => throw new NotImplementedException();

    /// <summary>Cancels an execution and everything below it.</summary>
    public void Cancel(ActivityExecutionContext child) => throw new NotImplementedException();

    /// <summary>An extra journal entry of this execution.</summary>
    public void Journal(string eventName, string? message, object? payload) => throw new NotImplementedException();

    /// <summary>An object the runtime or a module put in.</summary>
    /// <exception cref="InvalidOperationException">None of that type.</exception>
    public T Ambient<T>() => throw new NotImplementedException();

    public T? TryAmbient<T>() => throw new NotImplementedException();
}
