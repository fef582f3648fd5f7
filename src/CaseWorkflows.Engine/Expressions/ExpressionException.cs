namespace CaseWorkflows.Engine.Expressions;

/// <summary>An expression failed when evaluated. The message is Swedish.</summary>
public sealed class ExpressionException : Exception
{
    public ExpressionException(string message)
        : base(message)
    {
    }

    public ExpressionException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
