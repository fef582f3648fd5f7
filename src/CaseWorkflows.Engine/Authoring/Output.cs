namespace CaseWorkflows.Engine.Authoring;

/// <summary>An output that may be bound to a variable or to an output of the workflow.</summary>
public abstract class Output
{
    /// <summary>The descriptor's name, for example <c>Result</c>.</summary>
    internal string Name { get; set; } = "Result";

    /// <summary>Id of the variable, or name of the workflow output, that receives the value.</summary>
    internal string? TargetId { get; set; }

    internal abstract Type ValueType { get; }
}
