using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Cases.Errors;

/// <summary>A refusal that a person can understand: Swedish text, no personal data. Thrown inside a burst it rolls everything back.</summary>
public abstract class DomainException(string message) : StimulusRefusedException(message);
