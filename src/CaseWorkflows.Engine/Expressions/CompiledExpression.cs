namespace CaseWorkflows.Engine.Expressions;

internal abstract class CompiledExpression
{
}
