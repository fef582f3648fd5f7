namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// Thrown by a module's activity to refuse the stimulus itself, for example a form that is not filled in right: the burst is given up
/// whole, nothing of it is kept, and the caller gets the exception. Everything else an activity throws fails its step, and so does a refusal that
/// is not for the sender (<see cref="Refuses"/>): a case must not bounce because a routine is ill made.
/// </summary>
public abstract class StimulusRefusedException : Exception
{
    protected StimulusRefusedException(string message)
        : base(message)
    {
    }

    protected StimulusRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>What the incident says when it is the step's own fault; Swedish.</summary>
    protected internal virtual string StepMessage => Message;

    /// <summary>Whether it is meant for whoever sent the stimulus. If not, it is the step's own fault, as everything else that a step throws.</summary>
    /// <param name="c">The step that threw it.</param>
    protected internal virtual bool Refuses(ActivityExecutionContext c) => true;
}
