using CaseWorkflows.Engine.Execution;
using CaseWorkflows.Engine.Expressions;

namespace CaseWorkflows.Engine.Authoring;

/// <summary>An input whose value comes from an expression. Immutable; the value lives in the activity's execution.</summary>
public abstract class Input
{
    internal Expression? Expression { get; set; }

    internal CompiledExpression? Compiled { get; set; }

    /// <summary>The type the definition states, when it does.</summary>
    internal string? StatedType { get; set; }

    /// <summary>The input's place in the execution's slots, or −1 when it is evaluated on demand.</summary>
    internal int Slot { get; set; } = -1;

    internal string Name { get; set; } = "";

    internal string DisplayName { get; set; } = "";

    /// <summary>The longest text the value may be.</summary>
    internal int MaxLength { get; set; } = InputLengths.Text;

    internal abstract Type ValueType { get; }

    internal abstract object? Evaluate(ActivityExecutionContext c);
}
