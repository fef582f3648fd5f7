using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

internal sealed class InputExpression(string name) : CompiledExpression
{
    public override object? Evaluate(ActivityExecutionContext c) => c.FindInput(name, out var value) ? value : null;
}
