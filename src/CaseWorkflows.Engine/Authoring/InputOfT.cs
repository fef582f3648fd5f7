using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Authoring;

/// <inheritdoc />
/// <typeparam name="T">What the value is converted to.</typeparam>
public sealed class Input<T> : Input
{
    public Input()
    {
    }

    public Input(T literal)
    {
        Expression = Expression.Literal(literal);
    }

    public Input(Expression expression)
    {
        Expression = expression;
    }

    public Input(Variable variable)
    {
        Expression = Expression.Variable(variable);
    }

    internal override Type ValueType => typeof(T);

    public static implicit operator Input<T>(T literal) => new(literal);

    public static implicit operator Input<T>(Variable variable) => new(variable);

    public static implicit operator Input<T>(Expression expression) => new(expression);

    internal override object? Evaluate(ActivityExecutionContext c)
    {
        try
        {
            var value = Compiled is null ? null : Compiled.Evaluate(c);
            var given = value is T ? value : Values.ConvertTo<T>(value);
            if (typeof(T) == typeof(string)) InputLengths.Demand(given as string, MaxLength);
            return given;
        }
        catch (Exception e) when (e is FormatException or ExpressionException)
        {
            throw new ExpressionException($"Fältet \"{DisplayName}\" kunde inte räknas ut: {FaultText.Of(e)}", e);
        }
    }
}
