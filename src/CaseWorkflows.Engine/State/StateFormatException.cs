namespace CaseWorkflows.Engine.State;

/// <summary>A stored state that cannot be read.</summary>
public sealed class StateFormatException : Exception
{
    public StateFormatException(string message)
        : base(message)
    {
    }

    public StateFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
