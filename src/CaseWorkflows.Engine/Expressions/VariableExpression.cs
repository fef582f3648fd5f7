using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

internal sealed class VariableExpression(string id, string? name) : CompiledExpression
{
    public override object? Evaluate(ActivityExecutionContext c) =>
        c.TryFindVariable(id, out var value) || (name is not null && c.TryFindVariableByName(name, out value)) || c.TryFindVariableByName(id, out value) ? value : null;
}
