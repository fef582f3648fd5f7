using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

/// <summary>An expression ready to be evaluated; immutable and shared by all instances.</summary>
internal abstract class CompiledExpression
{
    public abstract object? Evaluate(ActivityExecutionContext c);

    /// <summary>The value without an instance, for triggers; scripts see only globals.</summary>
    public virtual object? EvaluateDetached(BurstEnvironment environment) => null;
}
