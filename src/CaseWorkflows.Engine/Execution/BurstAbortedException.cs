namespace CaseWorkflows.Engine.Execution;

/// <summary>Thrown by an activity of a module to refuse the whole burst: nothing is kept, the caller gets the exception. Not for faults of a step.</summary>
public class BurstAbortedException : Exception
{
    public BurstAbortedException(string message)
        : base(message)
    {
    }

    public BurstAbortedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
