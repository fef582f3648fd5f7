namespace CaseWorkflows.Engine.Execution;

/// <summary>A value cannot become what a field wants. The message is Swedish and says what it is and what it should be.</summary>
internal sealed class ValueException : FormatException
{
    public ValueException(string message)
        : base(message)
    {
    }

    public ValueException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
