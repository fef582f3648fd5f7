using CaseWorkflows.Engine.Authoring;
using CaseWorkflows.Engine.Execution;

namespace CaseWorkflows.Engine.Expressions;

internal static class ExpressionEvaluator
{
    public static object? EvaluateDetached(Input? input, BurstEnvironment environment) => input?.Compiled?.EvaluateDetached(environment);
}
