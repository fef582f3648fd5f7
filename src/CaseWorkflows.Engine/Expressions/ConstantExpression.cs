using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

internal sealed class ConstantExpression(object? value) : CompiledExpression
{
    public object? Value { get; } = value;

    public override object? Evaluate(ActivityExecutionContext c) => Value;

    public override object? EvaluateDetached(BurstEnvironment environment) => Value;
}
