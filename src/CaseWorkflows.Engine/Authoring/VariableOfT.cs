using CaseWorkflows.Engine.Definitions;

namespace CaseWorkflows.Engine.Authoring;

/// <inheritdoc />
public sealed class Variable<T> : Variable
{
    public Variable(string name, T? value = default, string? id = null)
        : base(name, value, TypeNames.AliasOf(typeof(T)), id)
    {
    }
}
