namespace CaseWorkflows.Engine.Execution;

/// <summary>
/// Thrown by a module's activity to refuse the stimulus itself, for example a form that is not filled in right: the burst is given up
/// whole, nothing of it is kept, and the caller gets the exception. Everything else an activity throws fails its step.
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
}
