namespace CaseWorkflows.Engine.Expressions;

/// <summary>Names a module gives to JavaScript expressions, for example <c>arende</c> or <c>enhet</c>.</summary>
public interface IExpressionGlobals
{
    void Register(ExpressionGlobalsBuilder b);
}
