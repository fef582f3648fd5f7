using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Errors;

/// <summary>
/// A refusal that a person can understand: Swedish text, no personal data. Thrown by what reads or writes a burst it rolls everything back; thrown by
/// a step it is that step's fault and becomes its incident, unless it is about the form that somebody has just sent.
/// </summary>
public abstract class DomainException(string message) : StimulusRefusedException(message)
{
    /// <inheritdoc />
    protected override bool Refuses(ActivityExecutionContext c) => false;
}
