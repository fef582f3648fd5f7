using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>Stands for an expression that could not be compiled: the step that evaluates it fails, nothing else.</summary>
internal sealed class FailingExpression(string message) : CompiledExpression
{
    public override object? Evaluate(ActivityExecutionContext c) => throw new ExpressionException(message);
}
