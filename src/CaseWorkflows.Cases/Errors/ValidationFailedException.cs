using CaseWorkflows.Cases.Tasks;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Errors;

/// <summary>400: every faulty field at once, by field key.</summary>
public sealed class ValidationFailedException : DomainException
{
    public ValidationFailedException(IReadOnlyDictionary<string, string[]> errors)
        : base("Uppgifterna behöver rättas.") => Errors = errors;

    public ValidationFailedException(string field, string message)
        : this(new Dictionary<string, string[]> { [field] = [message] }) { }

    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <inheritdoc />
    protected override string StepMessage => string.Join(" ", Errors.SelectMany(e => e.Value));

    /// <summary>For whoever completes a task: what the task's own step says of the answer, and what a later step says of a field of the form.</summary>
    protected override bool Refuses(ActivityExecutionContext c) =>
        c.TryAmbient<CompletedTask>() is { } task && (task.ActivityId == c.Activity.Id || (Errors.Count > 0 && Errors.Keys.All(task.HasField)));
}
