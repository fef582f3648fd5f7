namespace CaseWorkflows.Engine.Authoring;

/// <summary>An input whose value comes from an expression. Immutable; the value lives in the activity's execution.</summary>
public abstract class Input
{
    internal Expressions.Expression? Expression { get; init; }

    internal Expressions.CompiledExpression? Compiled { get; set; }

    /// <summary>The input's place in the execution's slots, or −1 when it is evaluated on demand.</summary>
    internal int Slot { get; set; } = -1;

    internal abstract Type ValueType { get; }
}
